# shellcheck shell=bash
# Configures once and builds a preset; the second time nothing is done.

# build PRESET [TARGET]
build() {
	local preset=$1 target=${2:-all}
	grep -q "\"name\": \"$preset\"" CMakePresets.json || die "there is no preset '$preset'"
	step build
	step_log
	if [[ ! -f build/$preset/build.ninja ]]; then
		step_note "configuring $preset"
		logged cmake --preset "$preset"
	fi
	if ! NINJA_STATUS='%f of %t ' cmake --build --preset "$preset" --target "$target" 2>&1 </dev/null |
		tee -a "$STEP_LOG" | build_progress "$preset"; then
		step_failed "the $preset build failed"
	fi
	step_done "$preset, $(build_result)"
}

build_progress() {
	local line
	while read -r line; do
		[[ $line =~ ^[0-9]+\ of\ [0-9]+ ]] && step_note "$1, ${BASH_REMATCH[0]}"
	done
	return 0
}

build_result() {
	local warnings
	warnings=$(grep -c 'warning:' "$STEP_LOG") || true
	if grep -q '^ninja: no work to do' "$STEP_LOG"; then
		echo 'up to date'
	elif ((warnings > 0)); then
		echo "built, $warnings warnings (see $STEP_LOG)"
	else
		echo 'built'
	fi
}
