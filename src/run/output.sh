# shellcheck shell=bash
# What ./run tells: one line per step, on stderr, with the time it took. The step's own output goes to a log that is
# shown when the step fails.

STEP_NAME='' STEP_START=0 STEP_LOG=''
STEP_LIVE='' BOLD='' DIM='' RED='' PLAIN=''
if [[ -t 2 && ${TERM:-dumb} != dumb ]]; then
	STEP_LIVE=yes
	if [[ -z ${NO_COLOR:-} ]]; then
		BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' PLAIN=$'\e[0m'
	fi
fi

die() {
	printf '%srun: %s%s\n' "$RED" "$1" "$PLAIN" >&2
	exit "${2:-1}"
}

step() {
	STEP_NAME=$1 STEP_START=${EPOCHREALTIME/[.,]/}
	step_note ''
}

# Something worth knowing while the step goes on; only a terminal shows it.
step_note() {
	if [[ $STEP_LIVE ]]; then
		printf '\r\e[K%s%-10s%s%s' "$BOLD" "$STEP_NAME" "$PLAIN" "${1:0:60}" >&2
	fi
}

# Something that must be said before a step that changes the machine or takes long.
step_say() {
	step_note ''
	printf '%s%-10s%s%s\n' "${STEP_LIVE:+$'\r'}$BOLD" "$STEP_NAME" "$PLAIN" "$1" >&2
}

step_done() {
	local tenths=$(((${EPOCHREALTIME/[.,]/} - STEP_START) / 100000))
	step_note ''
	printf '%s%-10s%s%-60s %s%4d.%d s%s\n' "${STEP_LIVE:+$'\r'}$BOLD" "$STEP_NAME" "$PLAIN" "$1" \
		"$DIM" $((tenths / 10)) $((tenths % 10)) "$PLAIN" >&2
}

step_failed() {
	step_note ''
	printf '%s%s%-10s%s%s\n' "${STEP_LIVE:+$'\r'}" "$RED" "$STEP_NAME" "$1" "$PLAIN" >&2
	tail -n 60 "$STEP_LOG" >&2
	exit 1
}

# The log of the present step, in build/ beside what else is made here.
step_log() {
	mkdir -p build/log
	STEP_LOG=build/log/$STEP_NAME.log
	: >"$STEP_LOG"
}

# Runs a command with its output in the step's log; its failure ends the run.
logged() {
	[[ $STEP_LOG == */"$STEP_NAME".log ]] || step_log
	"$@" >>"$STEP_LOG" 2>&1 </dev/null || step_failed "failed: ${*:1:3} … (all of it in $STEP_LOG)"
}
