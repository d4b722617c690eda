# shellcheck shell=bash
# Debian's packages: what is missing is installed, nothing else is touched.

PACKAGES_BUILD=(gcc libc6-dev cmake ninja-build pkgconf libglib2.0-dev libpq-dev libedit-dev libncurses-dev
	libjansson-dev libsodium-dev libpg-query-dev postgresql-15)
PACKAGES_TEST=(libcmocka-dev libvterm-dev)
PACKAGES_CHECK=(clang libclang-rt-14-dev clang-format clang-tidy cppcheck)

run_setup() {
	local packages=("${PACKAGES_BUILD[@]}" "${PACKAGES_TEST[@]}")
	case ${1:-} in
		'') ;;
		check) packages+=("${PACKAGES_CHECK[@]}") ;;
		*) die "'./run setup' knows only 'check', not '$1'" ;;
	esac
	packages_install "${packages[@]}"
}

packages_missing() {
	local name status
	local -A installed=()
	while read -r status name; do
		[[ $status == installed ]] && installed[$name]=1
	done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
	for name in "$@"; do
		[[ ${installed[$name]:-} ]] || echo "$name"
	done
}

packages_install() {
	local missing
	step packages
	[[ -x /usr/bin/dpkg-query && -x /usr/bin/apt-get ]] ||
		die "only Debian 12 is known here; elsewhere install what these packages bring: $*"
	mapfile -t missing < <(packages_missing "$@")
	if ((${#missing[@]} == 0)); then
		step_done "all $# are installed"
		return
	fi
	can_become_root ||
		die "packages are missing, and there is neither root nor sudo without a password here; run as root: apt-get install --no-install-recommends ${missing[*]}"
	step_say "installing from Debian: ${missing[*]}"
	without_system_cluster "${missing[@]}"
	step_done "${#missing[@]} installed"
}

can_become_root() {
	((EUID == 0)) && return
	command -v sudo >/dev/null || return
	if [[ -t 0 ]]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

as_root() {
	if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# The server's package makes a cluster for the whole machine and starts it. A file in the folder of additions, there
# only while we install, prevents it; no setting of an existing installation is changed.
without_system_cluster() {
	local folder=/etc/postgresql-common/createcluster.d
	local file=$folder/signalbox-setup.conf
	if [[ " $* " != *' postgresql-15 '* ]]; then
		apt_install "$@"
		return
	fi
	step_say "PostgreSQL without a cluster for the whole machine ($file, while installing)"
	as_root mkdir -p "$folder"
	trap 'as_root rm -f '"$file" EXIT
	echo 'create_main_cluster = false' | as_root tee "$file" >/dev/null
	apt_install "$@"
	as_root rm -f "$file"
	trap - EXIT
}

apt() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" \
		>>"$STEP_LOG" 2>&1 </dev/null
}

# Lists that are missing or too old show in the first try; then, and only then, they are fetched.
apt_install() {
	step_log
	step_note 'asking apt'
	if ! apt install --yes --no-install-recommends "$@"; then
		step_note 'fetching the package lists'
		apt update || step_failed 'apt-get update failed'
		step_note 'installing'
		apt install --yes --no-install-recommends "$@" || step_failed 'apt-get install failed'
	fi
}
