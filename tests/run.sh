#!/usr/bin/env bash
# Builds Kalima and runs all its tests, with warnings as errors. On Debian 12 as
# root it installs what it needs first, so that a fresh clone is enough.
#
#   tests/run.sh [STAGE...]   these stages, by default all, in this order:
#
#     dev      the tests with address and undefined-behaviour sanitizers
#     clang    a compilation by a second compiler
#     release  the tests of the whole program as it is installed; the Debian
#              package is installed, tried and removed where root asks for it
#     fuzz     the fuzzers, a minute each (KALIMA_FUZZ_SECONDS)
#     windows  the Windows program, built here and run by wine
#     tsan     the tests in which threads meet, with the thread sanitizer
#
# and only when they are named:
#
#     same     the release program once more, in another folder: the same bytes?
#              (for a tree without changes that are not committed)
#     arm64    the program for 64-bit ARM, and the quick tests of it by qemu
#
# It stops at the first of these that fails.
#
# KALIMA_JOBS    compilations, or tests, at the same time (default: number of cores)
# KALIMA_SHARED  folder with the old server's data (legacy-data/) and recorded
#                answers (golden/); default: ../shared next to the repository. The
#                tests over the whole corpus are skipped where it is not.
#
# Where ccache is installed it is used.
set -euo pipefail

all=(dev clang release fuzz windows tsan)
named=(same arm64)
stages=("$@")
((${#stages[@]} > 0)) || stages=("${all[@]}")
for stage in "${stages[@]}"; do
  [[ " ${all[*]} ${named[*]} " == *" $stage "* ]] && continue
  sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
  [[ $stage == -h || $stage == --help ]]
  exit
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jobs=${KALIMA_JOBS:-$(nproc)}
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
  # What another clone has compiled serves this one: the trees' names are in no object (-ffile-prefix-map).
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
fi

say() { printf '\n== %s (%d min %02d s)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

build() { # PRESET [CMAKE OPTION...] [-- TARGET OPTION...]
  local preset=$1 options=()
  shift
  while (($# > 0)) && [[ $1 != -- ]]; do options+=("$1") && shift; done
  say "$preset: compiling"
  cmake --preset "$preset" "${options[@]}" -DKALIMA_WERROR=ON
  cmake --build --preset "$preset" --parallel "$jobs" "${@:2}"
}
run_tests() { # PRESET [CTEST OPTION...]
  say "$1: testing"
  ctest --preset "$1" --parallel "$jobs" --no-tests=error "${@:2}"
}

# What takes minutes over the whole corpus even without sanitizers is left to the stage release.
stage_dev() {
  build dev
  run_tests dev --exclude-regex '^(cli[.]public_full|conllu[.]full|research[.]full)$'
}
# Its program is not run, so that it needs neither sanitizers nor optimisation.
stage_clang() { build clang -DKALIMA_SANITIZE= -DCMAKE_CXX_FLAGS_DEBUG=-O0; }
# The units are left to the instrumented builds.
stage_release() {
  build release -- --target kalima
  run_tests release --exclude-regex '^unit[.]'
  if ((EUID == 0)); then
    say "release: Debian package"
    packaging/test_deb.sh
  fi
}
stage_same() {
  build release -- --target kalima
  say "same: building once more"
  packaging/check_reproducible.sh --with build/release/kalima
}
stage_fuzz() {
  say "fuzz: compiling and running"
  tests/fuzz/run.sh "${KALIMA_FUZZ_SECONDS:-60}"
}
stage_windows() {
  say "windows: compiling"
  packaging/dist.sh windows
  say "windows: testing"
  # Not by ctest, to which a test that could not run has passed.
  python3 -m tests.windows.exe_test
}
stage_arm64() {
  say "arm64: compiling"
  packaging/dist.sh linux-arm64
  cmake --build --preset release-linux-arm64 --parallel "$jobs"
  run_tests release-linux-arm64 --exclude-regex '^(starter|e2e|.*[.]full|.*_full|research[.](concurrency|disk|durability|etag)|windows[.].*)$'
}
stage_tsan() {
  build tsan
  run_tests tsan --tests-regex '^(unit|http|v1|compat)[.]|^research[.](concurrency|etag|history|visibility|writes)'
}

say "packages and libraries"
packages=(python3)
for stage in "${stages[@]}"; do
  case $stage in
    clang) packages+=(clang) ;;
    windows) packages+=(wine64) ;;
    arm64) packages+=(qemu-user-static) ;;
    dev | release) # a browser is driven
      packages+=(chromium)
      command -v npm >/dev/null || packages+=(nodejs npm)
      ;;
  esac
done
packaging/packages.sh "${packages[@]}"
packaging/deps/build.sh
for stage in "${stages[@]}"; do "stage_$stage"; done
