#!/usr/bin/env bash
# Builds the release program of a commit twice, in two folders and without a
# compiler cache, and compares the two byte for byte. Neither may hold the name of
# a folder of this machine.
#
#   packaging/check_reproducible.sh [COMMIT]   default: HEAD
#
# KALIMA_JOBS  compilations at one time (default: number of cores)
# TMPDIR       where the two folders are made (default: /tmp)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
commit=$(git -C "$root" rev-parse --verify "${1:-HEAD}^{commit}")
jobs=${KALIMA_JOBS:-$(nproc)}
prefix=$("$root/packaging/deps/build.sh")

work=$(mktemp -d "${TMPDIR:-/tmp}/kalima-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
started=$SECONDS

build() { # FOLDER
  # A clone, so that the program finds its commit.
  git clone -q --no-checkout "$root" "$1"
  git -C "$1" checkout -q --detach "$commit"
  (
    cd "$1"
    unset CMAKE_CXX_COMPILER_LAUNCHER
    export CCACHE_DISABLE=1
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
    cmake --preset release -DKALIMA_TESTS=OFF -DKALIMA_DEPS_PREFIX="$prefix" >/dev/null
    cmake --build --preset release --parallel "$jobs" --target kalima >"$1.log" || {
      tail -n 40 "$1.log" >&2
      exit 1
    }
  )
}

# Names of different length and depth.
first=$work/a
second=$work/another/folder/b
mkdir -p "${second%/*}"
for folder in "$first" "$second"; do
  build "$folder"
  sha256sum "$folder/build/release/kalima" | sed "s|$work/||"
done

if ! cmp "$first/build/release/kalima" "$second/build/release/kalima"; then
  echo "the two builds of $commit differ" >&2
  exit 1
fi
# Also nothing that is the same in both but another elsewhere.
found=no
for name in "$work" "$root" "$prefix" "${HOME:-/nonexistent}/"; do
  [[ $name == / || $name == // ]] && continue
  if grep -qaF -- "$name" "$first/build/release/kalima"; then
    echo "the program holds the name $name" >&2
    found=yes
  fi
done
[[ $found == no ]] || exit 1
echo "two builds of $commit are the same ($((SECONDS - started)) s)"
