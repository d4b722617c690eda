# shellcheck shell=bash
# ./run demo: a private server with believable data, and the console on it.

DEMO_DATABASE=shop
DEMO_USER=''
DEMO_KEEP=''
SIGNALBOX=$PWD/build/release/signalbox

run_demo() {
	local folder reset=''
	while (($# > 0)); do
		case $1 in
			--reset) reset=yes ;;
			--keep) DEMO_KEEP=yes ;;
			*) die "'./run demo' knows --reset and --keep, not '$1'" ;;
		esac
		shift
	done
	folder=$(demo_folder)
	packages_install "${PACKAGES_BUILD[@]}" "${PACKAGES_TEST[@]}"
	build release signalbox
	demo_forget_outside
	demo_user
	demo_lock "$folder" "$reset"
	trap 'demo_leave $?' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	demo_prepare "$folder" "$reset"
	flock -s 8
	demo_show
}

# A relative XDG_STATE_HOME is invalid and ignored, says its specification; without HOME, ~ asks the account's entry.
demo_folder() {
	local state=${XDG_STATE_HOME:-}
	[[ $state == /* ]] || state=~/.local/state
	echo "$state/signalbox/demo"
}

# The operator in the audit is who is logged in to the server: so the login has the person's name.
demo_user() {
	DEMO_USER=$(id -un 2>/dev/null) || DEMO_USER=operator
	[[ $DEMO_USER == pg_* ]] && DEMO_USER=operator
	return 0
}

# The lock says who uses the demo: exclusive while it is made, shared while a console is open on it.
demo_lock() {
	# The server's account must get through where it is not the person's own.
	(if ((EUID != 0)); then umask 077; fi; mkdir -p "${1%/*}")
	exec 8>"$1.lock"
	flock -n -x 8 && return
	[[ $2 ]] && die "another console is open on the demo: quit it first"
	step wait
	step_note 'another ./run demo is setting up'
	flock -s 8
	step_done 'another console is open on the same server'
}

demo_prepare() {
	local folder=$1
	cluster_locate "$folder"
	if [[ $2 ]]; then
		step reset
		cluster_remove "$folder"
		step_done "removed $folder"
	elif [[ -e $CLUSTER_HOME || -L $folder ]] && ! demo_is_complete; then
		step reset
		cluster_remove "$folder"
		step_done 'removed what an interrupted set-up left'
	fi
	if demo_is_complete; then
		step server
		cluster_start
		step_done "PostgreSQL 15 in ${folder/#~\//\~/}"
	else
		demo_make "$folder"
	fi
	demo_environment
}

demo_is_complete() {
	[[ -f $CLUSTER_HOME/complete && -f $CLUSTER_DATA/PG_VERSION && $(<"$CLUSTER_DATA/PG_VERSION") == 15 ]]
}

demo_make() {
	step server
	cluster_folder "$1"
	cluster_create
	cluster_start
	demo_database
	step_done "PostgreSQL 15 in ${1/#~\//\~/}"
	demo_environment
	demo_migrate
	demo_seed
	: >"$CLUSTER_HOME/complete"
}

demo_database() {
	if [[ $DEMO_USER != postgres ]]; then
		logged cluster_client createuser --createrole -- "$DEMO_USER"
	fi
	logged cluster_client createdb --owner="$DEMO_USER" -- "$DEMO_DATABASE"
}

# A person's own servers and contexts stay out of the demo.
demo_forget_outside() {
	local name
	for name in "${!PG@}"; do
		unset "$name"
	done
	unset ConnectionStrings__Database
}

# The program finds the server as any other program would.
demo_environment() {
	export PGHOST=$CLUSTER_SOCKET PGPORT=$CLUSTER_PORT PGDATABASE=$DEMO_DATABASE PGUSER=$DEMO_USER
	export SIGNALBOX_CONFIG=$CLUSTER_HOME/config
	if [[ ! -f $SIGNALBOX_CONFIG ]]; then
		(umask 077 && echo '# The demo has no contexts: PGHOST and the like say where its server is.' >"$SIGNALBOX_CONFIG")
	fi
}

# All but the last, which is for the person to apply.
demo_migrate() {
	local migrations
	step schema
	migrations=(src/infrastructure/persistence/migrations/*.sql)
	migrations=("${migrations[@]##*/}")
	migrations=("${migrations[@]%.sql}")
	logged "$SIGNALBOX" migrations apply --to "${migrations[-2]}" --yes --reason 'set up the demo'
	step_done "$((${#migrations[@]} - 1)) of ${#migrations[@]} migrations applied, one is left for you"
}

demo_seed() {
	step data
	step_note 'users, posts and messages'
	logged cluster_client psql -X -q -v ON_ERROR_STOP=1 --single-transaction -d "$DEMO_DATABASE" \
		-f tests/support/demo_seed.sql
	step_done "$(demo_amounts)"
}

demo_amounts() {
	cluster_client psql -X -At -d "$DEMO_DATABASE" -c "
		SELECT format('%s users, %s posts, %s outbox messages',
			ltrim(to_char((SELECT count(*) FROM users), '999G999')),
			ltrim(to_char((SELECT count(*) FROM posts), '999G999')),
			ltrim(to_char((SELECT count(*) FROM outbox_messages), '999G999')))"
}

demo_show() {
	local status=0
	if [[ -t 0 && -t 1 ]]; then
		echo 'While it is open, from another terminal:' >&2
		step_say_address
		demo_console || status=$?
	else
		"$SIGNALBOX" screens print </dev/null || status=$?
	fi
	exit "$status"
}

# In the background, so that a signal to this script is acted upon at once; a shell's background programs ignore
# the keyboard's signals, which the console must not.
demo_console() {
	local console status=0
	env --default-signal=INT,QUIT "$SIGNALBOX" <&0 &
	console=$!
	trap 'kill -HUP '"$console"' 2>/dev/null' HUP
	trap 'kill -TERM '"$console"' 2>/dev/null' TERM
	trap '' INT
	# A signal ends a wait early; the last wait, after the end, has the console's own status.
	wait "$console" || status=$?
	while kill -0 "$console" 2>/dev/null; do
		wait "$console" || status=$?
	done
	wait "$console" && status=0 || status=$?
	return "$status"
}

# On every way out: the last one to leave stops the server.
demo_leave() {
	trap '' INT TERM HUP
	trap - EXIT
	if [[ $DEMO_KEEP ]] && demo_is_complete; then
		step_say_server
	elif flock -n -x 8; then
		cluster_stop || true
	else
		echo 'another console is open on the demo: its server keeps running' >&2
	fi
	exit "$1"
}

# How the program and anything else that speaks libpq get to the demo's server.
step_say_address() {
	cat >&2 <<TEXT
  export PATH=$PWD/build/release:\$PATH
  export PGHOST=$CLUSTER_SOCKET PGPORT=$CLUSTER_PORT PGDATABASE=$DEMO_DATABASE PGUSER=$DEMO_USER
TEXT
}

step_say_server() {
	echo 'The server keeps running. To use it:' >&2
	step_say_address
	echo 'To stop it: quit another ./run demo without --keep.' >&2
}
