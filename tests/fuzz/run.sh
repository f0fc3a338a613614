#!/usr/bin/env bash
# Builds the fuzzers (preset fuzz, clang) and runs each for some time, as many at once as there are cores.
#
#   tests/fuzz/run.sh [SECONDS]   how long each of them runs (default: 60)
#
# It exits with 1 when one of them found something; the rest run all the same. The inputs that show what was found are
# named at the end: give one to build/fuzz/tests/fuzz/fuzz_TARGET to see it again.
#
# KALIMA_JOBS       compilations, or fuzzers, at the same time (default: number of cores)
# KALIMA_FUZZ_SEED  seed of their choices (default: 1, the same inputs each time; 0: others each time)
set -euo pipefail

seconds=${1:-60}
if ! [[ $seconds =~ ^[1-9][0-9]*$ ]]; then
  sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
  [[ $seconds == -h || $seconds == --help ]]
  exit
fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
jobs=${KALIMA_JOBS:-$(nproc)}

packaging/packages.sh clang libclang-rt-14-dev
packaging/deps/build.sh
cmake --preset fuzz -DKALIMA_WERROR=ON -DKALIMA_FUZZ_SECONDS="$seconds" -DKALIMA_FUZZ_SEED="${KALIMA_FUZZ_SEED:-1}"
cmake --build --preset fuzz --parallel "$jobs"

findings=build/fuzz/tests/fuzz/findings
rm -f "$findings"/*
failed=0
ctest --preset fuzz --parallel "$jobs" --no-tests=error || failed=1
targets=(tests/fuzz/*_fuzz.cc)
found=("$findings"/*)
[[ -e ${found[0]} ]] || found=()
for file in "${found[@]}"; do printf 'found: %s\n' "$PWD/$file"; done
printf '== fuzz: %d targets, %d s each, %d findings\n' "${#targets[@]}" "$seconds" "${#found[@]}"
exit "$failed"
