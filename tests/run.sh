#!/usr/bin/env bash
# Builds Kalima and runs all its tests, with warnings as errors. On Debian 12 as
# root it installs what it needs first, so that a fresh clone is enough.
#
#   tests/run.sh [--fail-fast] [STAGE...]   these stages, by default all, in this order:
#
#     style    formatting, and words that are written otherwise here
#     asan     the tests with address and undefined-behaviour sanitizers
#     release  the file that packaging/dist.sh makes: the tests of the whole program,
#              the Debian package (where root asks for it), and whether a build
#              elsewhere has the same bytes (unless there are uncommitted changes)
#     fuzz     all of it compiled by clang too; each fuzzer's seeds and a fixed number
#              of inputs made from them
#     web      the web page: whether the committed one is what its sources make, and
#              its tests in a browser
#     windows  the Windows program, built here and run by wine
#     tsan     the tests in which threads meet, with the thread sanitizer
#
# and only when it is named:
#
#     arm64    the program for 64-bit ARM, and the quick tests of it by qemu
#
# Before them, packages and libraries are set up. All stages run, also after one that
# failed, unless --fail-fast ends the run at the first failure. At the end: what was
# skipped and why, what failed (and why, where it says so), a table of the stages, and a line "N passed, N failed,
# N skipped". Each entry of ctest is a test there, and so is each other step. A stage
# that takes longer than its budget, which is meant for a new machine with two cores, is
# named in a warning.
#
# KALIMA_JOBS    compilations, or tests, at the same time (default: number of cores)
# KALIMA_SHARED  folder with the old server's data (legacy-data/) and recorded
#                answers (golden/); default: ../shared next to the repository. The
#                tests over the whole corpus are skipped where it is missing.
set -euo pipefail

all=(style asan release web fuzz windows tsan)
# Minutes on a new machine with two cores, without libraries and compiler cache: together an hour. With both, all stages take 25.
declare -A budget=([setup]=4 [style]=1 [asan]=16 [release]=13 [web]=5 [fuzz]=7 [windows]=7 [tsan]=7 [arm64]=25)

fail_fast=no
stages=()
for argument in "$@"; do
  if [[ $argument == --fail-fast ]]; then
    fail_fast=yes
  elif [[ $argument != setup && -n ${budget[$argument]-} ]]; then
    stages+=("$argument")
  else
    sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
    [[ $argument == -h || $argument == --help ]]
    exit
  fi
done
((${#stages[@]} > 0)) || stages=("${all[@]}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export KALIMA_JOBS=${KALIMA_JOBS:-$(nproc)}
export PYTHONDONTWRITEBYTECODE=1

work=$(mktemp -d)
in_memory=
trap 'rm -rf "$work" ${in_memory:+"$in_memory"}' EXIT
results=$work/results
: >"$results"

say() { printf '\n== %s (%d min %02d s)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# Below, `stage` is the one that runs, in a separate shell under `set -e`.
failed() {
  if grep -q $'\tfailed\t' "$results"; then return 0; else return 1; fi
}
stop_if_failed() {
  if [[ $fail_fast == yes ]] && failed; then exit 1; fi
}
# A command that counts as one test: passed, failed, or skipped (exit code 77 and a line SKIPPED: REASON).
step() { # NAME COMMAND...
  local name=$1 code=0 files
  shift
  say "$stage: $name"
  files=$(folder_of_files)
  # In braces, so that this shell starts tee and knows its number, also for a command that is a file.
  { TMPDIR=$files "$@"; } > >(tee "$work/output") 2>&1 || code=$?
  wait $! || true # tee has written all of it
  rm -rf "$files"
  python3 tests/summary.py step "$stage" "$name" "$code" "$work/output" >>"$results"
  stop_if_failed
}
# A command without which the rest of the stage makes no sense; it counts only when it fails.
must() { # NAME COMMAND...
  local name=$1
  shift
  say "$stage: $name"
  if ! "$@"; then
    printf 'unit\t%s\tfailed\t%s\t\n' "$stage" "$name" >>"$results"
    exit 1
  fi
}
# Prints a new folder for the files of a stage's tests, which make hundreds of databases, and wait for the disk at each. The stage
# asan has them on the disk, the others in memory, where that has room and programs may be started from it.
folder_of_files() {
  local folder=$work/files-$stage shared free
  if [[ -n $in_memory && $stage != asan ]]; then
    free=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
    shared=$(df --output=avail -m "$in_memory" | tail -n 1)
    if ((free > 6000 && shared > 3000)); then folder=$in_memory/files-$stage; fi
  fi
  # For everybody, as /tmp is: some tests start the program as another user.
  mkdir -p "$folder"
  chmod 1777 "$folder"
  printf '%s\n' "$folder"
}
compile() { # PRESET TARGET...
  cmake --preset "$1" -DKALIMA_WERROR=ON && cmake --build --preset "$1" --parallel "$KALIMA_JOBS" --target "${@:2}"
}
run_tests() { # PRESET [CTEST OPTION...]
  local junit=$work/$stage.xml code=0 options=() files
  [[ $fail_fast == no ]] || options=(--stop-on-failure)
  files=$(folder_of_files)
  say "$stage: testing, files in $files"
  # Each takes two places (tests/schedule.cmake). Twice as many tests as there are cores, since each waits half of its time, and
  # beside them one that does little else.
  TMPDIR=$files KALIMA_TEST_IMPORTS=$files/imports-$stage \
    ctest --preset "$1" --parallel $((4 * KALIMA_JOBS + 1)) --no-tests=error "${options[@]}" --output-junit "$junit" \
    --test-output-size-passed 1000000 --test-output-size-failed 1000000 "${@:2}" || code=$?
  rm -rf "$files"
  if [[ ! -f $junit ]]; then
    printf 'unit\t%s\tfailed\tctest\tended with %d\n' "$stage" "$code" >>"$results"
  else
    python3 tests/summary.py ctest "$stage" "$junit" >"$work/units"
    cat "$work/units" >>"$results"
    if ((code != 0)) && ! grep -q $'\tfailed\t' "$work/units"; then
      printf 'unit\t%s\tfailed\tctest\tended with %d\n' "$stage" "$code" >>"$results"
    fi
  fi
  stop_if_failed
}

check_format() {
  if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    echo "SKIPPED: not a clone of the repository"
    return 77
  fi
  git ls-files -z '*.cc' '*.h' | xargs -0 -n 20 -P "$KALIMA_JOBS" clang-format-14 --dry-run -Werror
}
check_words() {
  if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    echo "SKIPPED: not a clone of the repository"
    return 77
  fi
  python3 -m tests.style.words
}
stage_style() {
  step format check_format
  step words check_words
}
# tests/schedule.cmake says which tests over the whole corpus are left to the stage release, and why.
stage_asan() {
  must compiling compile asan all
  # To keep where each piece of memory was taken is a tenth of the work. Who looks for a fault starts its test alone, without this.
  export ASAN_OPTIONS=malloc_context_size=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}
  run_tests asan --label-exclude '^corpus$'
}
package() {
  if ((EUID != 0)); then
    echo "SKIPPED: only root may try the package"
    return 77
  fi
  packaging/test_deb.sh build/release-linux
}
reproducible() {
  if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    echo "SKIPPED: not a clone of the repository"
    return 77
  elif [[ -n $(git status --porcelain --untracked-files=no) ]]; then
    echo "SKIPPED: there are uncommitted changes"
    return 77
  fi
  packaging/check_reproducible.sh --with build/release-linux/kalima
}
# The units are left to the instrumented builds.
stage_release() {
  must compiling packaging/dist.sh linux
  must "compiling what measures" cmake --build --preset release-linux --parallel "$KALIMA_JOBS" --target kalima_editions
  run_tests release-linux --exclude-regex '^unit[.]'
  step package package
  step "the same bytes" reproducible
}
# With the program of the stage release.
stage_web() {
  must compiling packaging/dist.sh linux
  step "the page as committed" tests/web/rebuild.sh build/release-linux/kalima
  step "the page" tests/web/run.sh build/release-linux/kalima build/web
}
stage_fuzz() {
  must compiling compile fuzz all
  run_tests fuzz --tests-regex '^fuzz[.]'
}
windows_program() {
  # What it needs is installed above, so that to be skipped is to fail.
  python3 -m tests.windows.exe_test -v || { (($? != 77)) && return 1 || return 2; }
}
stage_windows() {
  must compiling packaging/dist.sh windows
  step "the program by wine" windows_program
}
stage_arm64() {
  must compiling packaging/dist.sh linux-arm64
  must "compiling the tests" cmake --build --preset release-linux-arm64 --parallel "$KALIMA_JOBS"
  run_tests release-linux-arm64 --exclude-regex '^(starter|e2e|.*[.]full|.*_full|research[.](concurrency|disk|durability|etag))$'
}
# Those over the whole corpus ask one question after the other: nothing meets there.
stage_tsan() {
  must compiling compile tsan all
  run_tests tsan --exclude-regex '^v1[.].*_full$' --tests-regex '^(unit|http|v1|compat)[.]|^research[.](concurrency|etag|history|visibility|writes)'
}

# What all stages need. When it fails, they are tried all the same, and fail by themselves.
stage_setup() {
  local packages=(python3 git ccache) name
  for name in "${stages[@]}"; do
    case $name in
      style) packages+=(clang-format-14) ;;
      fuzz) packages+=(clang libclang-rt-14-dev) ;;
      windows) packages+=(wine64) ;;
      arm64) packages+=(qemu-user-static) ;;
      web)
        packages+=(chromium-headless-shell python3-venv)
        command -v npm >/dev/null || packages+=(nodejs npm)
        ;;
      asan | release)
        # A browser is driven; files of the package are read by what will read them; system calls are watched.
        packages+=(chromium appstream desktop-file-utils systemd strace curl openssl)
        command -v npm >/dev/null || packages+=(nodejs npm)
        ;;
    esac
  done
  must packages packaging/packages.sh "${packages[@]}"
  [[ ${stages[*]} == style ]] || must libraries packaging/deps/build.sh
}

# What another clone has compiled serves this one: the trees' names are in no object (-ffile-prefix-map).
export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache} CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# Others than root get into their own folders there.
chmod 755 "$work"
in_memory=$(mktemp -d /dev/shm/kalima.XXXXXX 2>/dev/null) || in_memory=
if [[ -n $in_memory ]]; then
  chmod 755 "$in_memory"
  # Some systems start no program from there.
  printf '#!/bin/sh\n' >"$in_memory/program"
  chmod +x "$in_memory/program"
  if ! "$in_memory/program" 2>/dev/null; then
    rm -rf "$in_memory"
    in_memory=
  fi
fi

for stage in setup "${stages[@]}"; do
  started=$SECONDS
  # Not as a condition, in which set -e would not hold.
  set +e
  (
    set -e
    "stage_$stage"
  )
  code=$?
  set -e
  # A stage that ends otherwise than by a failure it has noted has failed all the same.
  if ((code != 0)) && ! grep -q $'^unit\t'"$stage"$'\tfailed\t' "$results"; then
    printf 'unit\t%s\tfailed\tthe stage\tended with %d\n' "$stage" "$code" >>"$results"
  fi
  printf 'stage\t%s\t%d\t%d\n' "$stage" "${budget[$stage]}" $((SECONDS - started)) >>"$results"
  if [[ $fail_fast == yes ]] && failed; then break; fi
done
say "all stages"
python3 tests/summary.py table "$results"
