#!/usr/bin/env bash
# Builds the libraries of pins.txt into a prefix outside the source tree.
#
#   build.sh [--target NAME]   build unless it is there already; print the prefix
#     --install-packages       first install the needed Debian packages
#     --print-prefix           only print the prefix, built or not
#     --print-packages         only print the needed Debian packages
#
# The prefix is named by a key over the pins, the build files and the compiler:
# change one of them and another prefix is built; the old one stays valid for
# older checkouts.
#
# KALIMA_CACHE      cache (default: ${XDG_CACHE_HOME:-$HOME/.cache}/kalima)
# KALIMA_DEPS_DIR   folder with the archives, see fetch.sh
# KALIMA_DEPS_JOBS  parallel compilations (default: the number of cores)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${KALIMA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kalima}

say() { printf 'deps: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

target=linux-x86_64
action=build
install_packages=no
while (($# > 0)); do
  case $1 in
    --target)
      (($# > 1)) || die "--target wants a name"
      target=$2
      shift
      ;;
    --target=*) target=${1#*=} ;;
    --install-packages) install_packages=yes ;;
    --print-prefix) action=prefix ;;
    --print-packages) action=packages ;;
    -h | --help)
      sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *) die "unknown option $1 (see --help)" ;;
  esac
  shift
done

toolchain=$here/toolchains/$target.cmake
[[ -f $toolchain ]] || die "unknown target '$target': no toolchains/$target.cmake"

# set(NAME value) in the toolchain file
from_toolchain() { sed -n "s/^set($1 \"\{0,1\}\([^\")]*\)\"\{0,1\})\$/\1/p" "$toolchain"; }

packages=(cmake ninja-build make patch icu-devtools util-linux xz-utils perl python3)
read -ra of_target <<<"$(from_toolchain KALIMA_PACKAGES)"
packages+=("${of_target[@]}")

if [[ $action == packages ]]; then
  printf '%s\n' "${packages[@]}"
  exit 0
fi
if [[ $install_packages == yes ]]; then
  apt-get update >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}" >&2
fi

cxx=$(from_toolchain CMAKE_CXX_COMPILER)
compiler=$("$cxx" --version 2>/dev/null | head -n 1) ||
  die "no $cxx; run: $0 --install-packages (as root)"
machine=$("$cxx" -dumpmachine)
machine_pattern=$(from_toolchain KALIMA_MACHINE)
# shellcheck disable=SC2053 # a pattern, as in *-apple-darwin
[[ $machine == $machine_pattern* ]] ||
  die "$cxx makes programs for $machine, which is not $target"

key=$(
  cd "$here"
  export LC_ALL=C
  {
    printf '%s\n%s\n%s\n' "$target" "$machine" "$compiler"
    find pins.txt CMakeLists.txt recipes "toolchains/$target.cmake" -type f -print0 | sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c 1-16
)
name=$target-$key
prefix=$cache/deps/$name

if [[ $action == prefix ]]; then
  printf '%s\n' "$prefix"
  exit 0
fi

# The stamp is written last, inside the folder that is then renamed: a prefix
# that exists is whole.
complete() { [[ -f $prefix/.complete ]]; }
if complete; then
  printf '%s\n' "$prefix"
  exit 0
fi

mkdir -p "$cache/deps" "$cache/build" "$cache/logs"
exec 8>"$cache/deps/.$name.lock"
if ! flock -n 8; then
  say "another build of $name is running; waiting for it"
  flock 8
fi
if complete; then
  printf '%s\n' "$prefix"
  exit 0
fi

for tool in cmake ninja make patch icupkg xz perl python3; do
  PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null ||
    die "no $tool; run: $0 --install-packages (as root), or install: ${packages[*]}"
done

sources=$("$here/fetch.sh")

# What a killed build of the same key left is dead: this process has the lock.
rm -rf "$cache/build/$name".*
work=$(mktemp -d "$cache/build/$name.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$cache/logs/$name.log
jobs=${KALIMA_DEPS_JOBS:-$(nproc)}

say "building $name (log: $log)"
started=$SECONDS
# CFLAGS and the like of the caller would change the libraries behind the key's
# back.
build() {
  unset CFLAGS CXXFLAGS CPPFLAGS LDFLAGS LIBS CC CXX CPP CXXCPP DESTDIR MAKEFLAGS \
    CMAKE_PREFIX_PATH CMAKE_GENERATOR CMAKE_TOOLCHAIN_FILE CMAKE_BUILD_TYPE \
    CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH LIBRARY_PATH PKG_CONFIG_PATH
  cmake -G Ninja -S "$here" -B "$work/build" \
    -DCMAKE_INSTALL_PREFIX="$work/prefix" -DKALIMA_SOURCES="$sources" \
    -DKALIMA_TARGET="$target" -DKALIMA_JOBS="$jobs" &&
    cmake --build "$work/build" --parallel 2
}
if ! (build) >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  die "building failed; the whole log: $log"
fi

# These name the temporary folder, and nothing needs them: CMake's package
# files find their prefix by themselves.
rm -rf "$work/prefix"/{lib,share}/pkgconfig "$work/prefix"/lib/*.la \
  "$work/prefix"/lib/cmake/xapian \
  "$work/prefix"/{bin,share/aclocal,share/doc,share/man,share/xapian-core}

{
  printf 'target %s\ncompiler %s\n' "$target" "$compiler"
  sed -n 's/^\([^# ][^ ]*\) *\([^ ]*\) *\([^ ]*\) .*/\1 \2 \3/p' "$here/pins.txt"
} >"$work/prefix/.complete"
rm -rf "$prefix"
mv "$work/prefix" "$prefix"
say "done in $((SECONDS - started)) s"
printf '%s\n' "$prefix"
