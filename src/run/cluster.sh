# shellcheck shell=bash
# A private PostgreSQL server in a folder of its own: a unix socket behind a folder that only its owner (and root) can
# enter, no network, and an unprivileged account when started as root.

CLUSTER_PORT=54329
CLUSTER_BIN=/usr/lib/postgresql/15/bin
CLUSTER_HOME='' CLUSTER_DATA='' CLUSTER_SOCKET='' CLUSTER_ACCOUNT=''

# cluster_locate FOLDER: where everything is, making nothing.
cluster_locate() {
	CLUSTER_HOME=$1
	CLUSTER_ACCOUNT=$(cluster_account)
	# Root's own folders are closed to the account: then the folder is a link to one that is open.
	[[ -L $CLUSTER_HOME ]] && CLUSTER_HOME=$(readlink "$CLUSTER_HOME")
	CLUSTER_DATA=$CLUSTER_HOME/data
	CLUSTER_SOCKET=$CLUSTER_HOME/socket
	if [[ -f $CLUSTER_HOME/socket-folder ]]; then
		CLUSTER_SOCKET=$(<"$CLUSTER_HOME/socket-folder")
	fi
}

cluster_account() {
	if ((EUID != 0)); then
		return
	elif getent passwd postgres >/dev/null; then
		echo postgres
	else
		echo nobody
	fi
}

# Runs a program as the account, from a folder that it can stand in.
as_account() {
	local as=()
	if [[ $CLUSTER_ACCOUNT ]]; then
		as=(setpriv "--reuid=$CLUSTER_ACCOUNT" "--regid=$(id -g "$CLUSTER_ACCOUNT")" --clear-groups)
	fi
	"${as[@]}" env -C / "$@"
}

# cluster_folder FOLDER: makes it, where the account can reach it.
cluster_folder() {
	mkdir -p "$1"
	if [[ $CLUSTER_ACCOUNT ]] && ! as_account test -x "$1"; then
		rmdir "$1"
		ln -s "$(mktemp -d /var/lib/signalbox-demo.XXXXXX)" "$1"
		chmod 755 "$(readlink "$1")"
		step_say "$CLUSTER_ACCOUNT can't enter $1: it is a link to $(readlink "$1")"
	fi
	cluster_locate "$1"
}

# A socket's path has at most 107 bytes; where the folder's is too long, the socket lies in the temporary folder.
cluster_socket_folder() {
	local LC_ALL=C
	if ((${#CLUSTER_SOCKET} + ${#CLUSTER_PORT} + 10 <= 107)) && [[ $CLUSTER_SOCKET == "$CLUSTER_HOME"/* ]]; then
		mkdir -p "$CLUSTER_SOCKET"
	elif ! cluster_owns "$CLUSTER_SOCKET"; then
		CLUSTER_SOCKET=$(mktemp -d /tmp/signalbox-demo-XXXXXX)
		echo "$CLUSTER_SOCKET" >"$CLUSTER_HOME/socket-folder"
	fi
	chmod 700 "$CLUSTER_SOCKET"
	cluster_give "$CLUSTER_SOCKET"
}

# Anyone can make a folder in the temporary one: only the account's own is used or removed.
cluster_owns() {
	[[ -d $1 && ! -L $1 && $(stat -c %U "$1") == "${CLUSTER_ACCOUNT:-$(id -un)}" ]]
}

cluster_give() {
	if [[ $CLUSTER_ACCOUNT ]]; then
		chown -R "$CLUSTER_ACCOUNT:" "$1"
	fi
}

cluster_create() {
	mkdir -m 700 "$CLUSTER_DATA"
	cluster_give "$CLUSTER_DATA"
	logged as_account "$CLUSTER_BIN/initdb" -D "$CLUSTER_DATA" --username=postgres --auth-local=trust \
		--auth-host=reject --encoding=UTF8 --locale=C.UTF-8 --data-checksums
}

cluster_runs() {
	as_account "$CLUSTER_BIN/pg_ctl" -D "$CLUSTER_DATA" status >/dev/null 2>&1
}

cluster_start() {
	cluster_socket_folder
	cluster_runs && return
	local options
	# pg_ctl gives these words to a shell.
	printf -v options -- "-p %d -k %q -c listen_addresses=''" "$CLUSTER_PORT" "$CLUSTER_SOCKET"
	: >"$CLUSTER_HOME/server.log"
	cluster_give "$CLUSTER_HOME/server.log"
	# The server outlives the shell's lock file descriptor only if it doesn't inherit it.
	logged as_account "$CLUSTER_BIN/pg_ctl" -D "$CLUSTER_DATA" -l "$CLUSTER_HOME/server.log" -w -t 60 \
		-o "$options" start 8>&-
}

cluster_stop() {
	cluster_runs || return 0
	as_account "$CLUSTER_BIN/pg_ctl" -D "$CLUSTER_DATA" -m fast -w -t 60 stop >/dev/null 2>&1
}

# cluster_remove FOLDER
cluster_remove() {
	[[ -d $CLUSTER_DATA ]] && cluster_stop
	if [[ -f $CLUSTER_HOME/socket-folder ]] && cluster_owns "$CLUSTER_SOCKET"; then
		rm -rf "$CLUSTER_SOCKET"
	fi
	rm -rf "$CLUSTER_HOME" "$1"
	cluster_locate "$1"
}

# cluster_client PROGRAM ARGUMENT…: as the server's superuser. The socket's folder lets in the account and root.
cluster_client() {
	PGHOST="$CLUSTER_SOCKET" PGPORT="$CLUSTER_PORT" PGUSER=postgres \
		"$CLUSTER_BIN/$1" "${@:2}"
}
