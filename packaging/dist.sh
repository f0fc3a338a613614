#!/usr/bin/env bash
# From a clean tree to the one file that is handed on, in one command:
#
#   packaging/dist.sh linux | linux-arm64 | windows | macos
#
# makes dist/kalima-VERSION-OS-ARCH[.exe], its SHA-256 beside it, and the licences
# of everything that is linked (the program prints them too: `kalima licenses`). As root
# on Debian it installs the packages that it needs. macos is untested.
#
# KALIMA_JOBS  compilations at the same time (default: the number of cores)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() { sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "packaging/dist.sh"; }
die() {
  printf 'dist: %s\n' "$*" >&2
  exit 1
}
say() { printf '== %s\n' "$*"; }

case ${1-} in
  linux) preset=release-linux target=linux-x86_64 name=linux-x86_64 tools= ;;
  linux-arm64) preset=release-linux-arm64 target=linux-aarch64 name=linux-arm64 tools=aarch64-linux-gnu- ;;
  windows) preset=release-windows target=windows-x86_64 name=windows-x86_64.exe tools=x86_64-w64-mingw32- ;;
  macos) preset=release-macos target=macos name=macos-universal tools= ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 1
    ;;
esac
if [[ $target != macos ]]; then
  say "packages"
  packaging/packages.sh --target "$target" python3
fi
say "libraries (some minutes the first time)"
packaging/deps/build.sh --target "$target" >/dev/null
say "program"
cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "${KALIMA_JOBS:-$(getconf _NPROCESSORS_ONLN)}" --target kalima

version=$(sed -n 's/^project(kalima VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[[ -n $version ]] || die "no version in CMakeLists.txt"
built=build/$preset/kalima
[[ $target != windows-* ]] || built+=.exe
size=$(wc -c <"$built")
packaging/size.py --check "$built"

# It must run on a machine that has nothing but the system.
case $target in
  linux-*)
    headers=$("${tools}readelf" --program-headers "$built")
    [[ $headers != *INTERP* ]] || die "$built is linked dynamically"
    ;;
  windows-*)
    # In lower case: the libraries that are part of every Windows.
    imports=$("${tools}objdump" -p "$built" | sed -n 's/^.*DLL Name: //p' | tr '[:upper:]' '[:lower:]')
    foreign=$(grep -vxE '(kernel32|msvcrt|ws2_32|shell32|advapi32|rpcrt4|user32|ole32|iphlpapi|bcrypt)\.dll' <<<"$imports") || true
    [[ -z $foreign ]] || die "$built needs libraries that are not part of Windows: ${foreign//$'\n'/ }"
    ;;
esac

mkdir -p dist
out=kalima-$version-$name
cp "$built" "dist/$out"
cp "build/$preset/src/app/license_texts.txt" "dist/${out%.exe}-licenses.txt"
if command -v sha256sum >/dev/null; then
  (cd dist && sha256sum "$out" >"$out.sha256")
else
  (cd dist && shasum -a 256 "$out" >"$out.sha256")
fi
say "dist/$out ($size bytes)"
