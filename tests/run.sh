#!/usr/bin/env bash
# Builds Kalima and runs all its tests, with warnings as errors. On Debian 12 as
# root it installs what it needs first, so that a fresh clone is enough.
#
#   tests/run.sh           the tests with address and undefined-behaviour
#                          sanitizers (preset dev), a compilation by clang, the
#                          tests of the whole program as it is installed
#                          (release), the fuzzers for a minute each (fuzz), all
#                          with the thread sanitizer (tsan)
#   tests/run.sh --quick   only those of preset dev
#
# It stops at the first of these that fails.
#
# KALIMA_JOBS    compilations, and tests, at one time (default: number of cores)
# KALIMA_SHARED  folder with the old server's data (legacy-data/) and recorded
#                answers (golden/); default: ../shared beside the repository. The
#                tests over the whole corpus are skipped where it is not.
# KALIMA_SKIP_TESTS  regular expression of tests to leave out
set -euo pipefail

quick=no
case ${1-} in
  '') ;;
  --quick) quick=yes ;;
  *)
    sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
    [[ $1 == -h || $1 == --help ]]
    exit
    ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jobs=${KALIMA_JOBS:-$(nproc)}

say() { printf '\n== %s (%d min %02d s)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

configure() { # PRESET [CMAKE OPTION...]
  say "$1: compiling"
  cmake --preset "$@" -DKALIMA_WERROR=ON
}
compile() { # PRESET [TARGET OPTION...]
  cmake --build --preset "$1" --parallel "$jobs" "${@:2}"
}
# The last thing that this script prints is the summary of the last ctest.
run_tests() { # PRESET [REGEX OF TESTS TO LEAVE OUT]
  say "$1: testing"
  # ctest takes one such expression: of two the last would count.
  local out=${2-}${2:+${KALIMA_SKIP_TESTS:+|}}${KALIMA_SKIP_TESTS-}
  ctest --preset "$1" --parallel "$jobs" --no-tests=error ${out:+--exclude-regex "$out"}
}

say "packages and libraries"
packages=(python3)
[[ $quick == yes ]] || packages+=(clang libclang-rt-14-dev)
if [[ $quick == no && -f tests/e2e/run.sh ]]; then # a browser is driven
  packages+=(chromium)
  command -v npm >/dev/null || packages+=(nodejs npm)
fi
packaging/packages.sh "${packages[@]}"
packaging/deps/build.sh

configure dev
compile dev
run_tests dev
[[ $quick == no ]] || exit 0

# A second compiler's opinion; its program is not run, so that it needs neither sanitizers nor optimisation.
configure clang -DKALIMA_SANITIZE= -DCMAKE_CXX_FLAGS_DEBUG=-O0
compile clang

# The program as it is installed. The units are left to the instrumented builds.
configure release
compile release --target kalima
run_tests release '^unit[.]'

say "fuzz: compiling and running"
tests/fuzz/run.sh

configure tsan
compile tsan
run_tests tsan
