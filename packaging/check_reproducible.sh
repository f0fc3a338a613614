#!/usr/bin/env bash
# Builds the program that `packaging/dist.sh linux` makes of a commit twice, in two
# folders, and compares the two byte for byte. Neither may hold the name of a folder
# of this machine.
#
#   packaging/check_reproducible.sh [COMMIT]    builds it twice, without a compiler
#                                               cache; default: HEAD
#   packaging/check_reproducible.sh --with FILE [COMMIT]
#                                               builds it once, and compares with FILE
#
# With FILE, ccache keeps the objects of that one build, where it is installed: for
# this check alone, and for one folder alone. What it finds there was compiled in that
# folder from the same input, by an earlier run. README.md says what that shows.
#
# KALIMA_JOBS   compilations at the same time (default: number of cores)
# KALIMA_CACHE  holds that folder (default: ${XDG_CACHE_HOME:-$HOME/.cache}/kalima)
# TMPDIR        where the two folders are made otherwise (default: /tmp)
set -euo pipefail

with=
if [[ ${1-} == --with ]]; then
  (($# > 1)) || { echo "--with wants a file" >&2; exit 1; }
  with=$(realpath -e "$2")
  shift 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
commit=$(git -C "$root" rev-parse --verify "${1:-HEAD}^{commit}")
jobs=${KALIMA_JOBS:-$(nproc)}
prefix=$("$root/packaging/deps/build.sh")

if [[ -n $with ]]; then
  # The same folder each time: its name is part of what the objects are kept by.
  work=${KALIMA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kalima}/reproducible
  mkdir -p "$work"
  exec 8>"$work.lock"
  flock 8
  rm -rf "$work"
else
  work=$(mktemp -d "${TMPDIR:-/tmp}/kalima-reproducible.XXXXXX")
fi
trap 'rm -rf "$work"' EXIT
started=$SECONDS

# Nothing of what else ccache keeps is used here, nor is this used elsewhere: the namespace is part of each key. Names of
# folders count as they are.
unset CMAKE_CXX_COMPILER_LAUNCHER CCACHE_BASEDIR CCACHE_NOHASHDIR CCACHE_SLOPPINESS
if [[ -n $with ]] && command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_NAMESPACE="reproducible in $work" CCACHE_HASHDIR=1
else
  export CCACHE_DISABLE=1
fi

build() { # FOLDER
  # A clone, so that the program finds its commit.
  git clone -q --no-checkout "$root" "$1"
  git -C "$1" checkout -q --detach "$commit"
  (
    cd "$1"
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
    cmake --preset release-linux -DKALIMA_TESTS=OFF -DKALIMA_DEPS_PREFIX="$prefix" >/dev/null
    cmake --build --preset release-linux --parallel "$jobs" --target kalima >"$1.log" || {
      tail -n 40 "$1.log" >&2
      exit 1
    }
  )
}

# Names of different length and depth.
folders=("$work/a")
[[ -n $with ]] || folders+=("$work/another/folder/b")
files=()
for folder in "${folders[@]}"; do
  mkdir -p "${folder%/*}"
  build "$folder"
  files+=("$folder/build/release-linux/kalima")
done
[[ -z $with ]] || files+=("$with")
sha256sum "${files[@]}" | sed "s|$work/||"

if ! cmp "${files[@]}"; then
  echo "the two builds of $commit differ" >&2
  exit 1
fi
# Also nothing that is the same in both but another elsewhere.
found=no
# What is in the home folder, not its own name: that of root is also an address of the page (/root/rHm).
mapfile -t at_home < <(find "${HOME:-/nonexistent}" -mindepth 1 -maxdepth 1 2>/dev/null)
for name in "$work" "$root" "$prefix" "${at_home[@]}"; do
  [[ $name == / || $name == // ]] && continue
  if grep -qaF -- "$name" "${files[0]}"; then
    echo "the program holds the name $name" >&2
    found=yes
  fi
done
[[ $found == no ]] || exit 1
echo "two builds of $commit are the same ($((SECONDS - started)) s)"
