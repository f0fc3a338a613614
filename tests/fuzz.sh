#!/usr/bin/env bash
# Looks for new findings: builds the fuzzers (preset fuzz, clang) and runs each for
# some time, as many at once as there are cores, with another seed each time.
#
#   tests/fuzz.sh [SECONDS] [TARGET...]   default: 60 seconds, all targets
#
# What reached new code is kept in build/fuzz/tests/fuzz/corpus, where the next
# exploration begins. The inputs that show a finding are named at the end, and the
# exit code is 1: give one to build/fuzz/tests/fuzz/fuzz_TARGET to see it again.
# tests/run.sh fuzz only repeats known inputs, and so gives the same answer each time.
#
# KALIMA_JOBS  compilations, or fuzzers, at the same time (default: number of cores)
set -euo pipefail

seconds=60
if [[ ${1-} =~ ^[1-9][0-9]*$ ]]; then
  seconds=$1
  shift
elif [[ ${1-} == -* ]]; then
  sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
  [[ $1 == -h || $1 == --help ]]
  exit
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jobs=${KALIMA_JOBS:-$(nproc)}

packaging/packages.sh clang libclang-rt-14-dev python3
packaging/deps/build.sh
cmake --preset fuzz
targets=(kalima_fuzzers)
(($# == 0)) || targets=("${@/#/fuzz_}")
cmake --build --preset fuzz --parallel "$jobs" --target "${targets[@]}"
KALIMA_JOBS=$jobs python3 tests/fuzz/drive.py explore "$seconds" build/fuzz/tests/fuzz "$@"
