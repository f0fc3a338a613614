#!/usr/bin/env bash
# Brings the archives of pins.txt into the source cache and verifies them.
#
#   fetch.sh            fetch what is missing, print the cache folder
#
# KALIMA_DEPS_DIR  a folder with the archives under their Debian names; it is
#                  looked into first, so that no network is needed
# KALIMA_CACHE     cache (default: ${XDG_CACHE_HOME:-$HOME/.cache}/kalima)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${KALIMA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kalima}
sources=$cache/sources

say() { printf 'fetch: %s\n' "$*" >&2; }

hash_of() { sha256sum <"$1" | cut -d' ' -f1; }

# The Debian mirrors that this machine's apt is set up with, one to a line: the
# project names no host. Before the first `apt-get update` apt does not know
# which of its sources is Debian's, so then all are tried. $(SITE) is apt's own
# notation, not the shell's.
# shellcheck disable=SC2016
mirrors() {
  command -v apt-get >/dev/null || return 0
  local found
  found=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian')
  [[ -n $found ]] || found=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages')
  # apt leaves a file: source where it is; copy: is the same with a copy.
  sed 's/^file:/copy:/' <<<"$found" | awk '!seen[$0]++'
}

# download URL FILE: apt's own downloader, which knows the machine's proxies
# and certificates and retries with pauses. On failure prints why.
download() {
  LC_ALL=C /usr/lib/apt/apt-helper -o APT::Sandbox::User=root -o Acquire::Retries=3 \
    download-file "$1" "$2" >"$2.log" 2>&1 && [[ -f $2 ]] && return 0
  sed -n 's/^E: Failed to fetch [^ ]* *//p' "$2.log"
  return 1
}

# fetch_pin NAME VERSION SHA256 PATHS: 0 when the verified file is in the cache.
fetch_pin() {
  local name=$1 version=$2 sha256=$3 paths=$4
  local file=${paths%%,*} path mirror got why wrong='' unreachable=''
  file=${file##*/}
  local target=$sources/$file

  if [[ -f $target ]]; then
    [[ $(hash_of "$target") == "$sha256" ]] && return 0
    say "$file in the cache is damaged; fetching it again"
    rm -f "$target"
  fi

  for path in ${paths//,/ }; do
    if [[ -n ${KALIMA_DEPS_DIR:-} && -f $KALIMA_DEPS_DIR/${path##*/} ]]; then
      got=$(hash_of "$KALIMA_DEPS_DIR/${path##*/}")
      if [[ $got == "$sha256" ]]; then
        cp "$KALIMA_DEPS_DIR/${path##*/}" "$work/$file"
        mv "$work/$file" "$target"
        return 0
      fi
      wrong+="  $KALIMA_DEPS_DIR/${path##*/} has $got"$'\n'
    fi
  done

  for path in ${paths//,/ }; do
    while read -r mirror; do
      [[ -n $mirror ]] || continue
      say "$name $version: $mirror/$path"
      if why=$(download "$mirror/$path" "$work/$file"); then
        got=$(hash_of "$work/$file")
        if [[ $got == "$sha256" ]]; then
          mv "$work/$file" "$target"
          return 0
        fi
        wrong+="  $mirror/$path has $got"$'\n'
      else
        say "  ${why:-failed}"
        [[ $why == 404* ]] || unreachable=yes
      fi
      rm -f "$work/$file"
    done < <(mirrors)
  done

  if [[ -n $wrong ]]; then
    say "pin '$name' $version: SHA-256 is not the pinned $sha256:"
    printf '%s' "$wrong" >&2
    say "do not use the file before you know why it changed; see README.md, 'Bumping a pin'"
  else
    if [[ -n $unreachable ]]; then
      say "pin '$name' $version: $file could not be fetched; is the network up?"
      say "if it stays so:"
    else
      say "pin '$name' $version is gone: no mirror of this machine's apt has $file"
    fi
    say "either put the file into a folder and set KALIMA_DEPS_DIR to it,"
    say "or pin the version that Debian has now: see README.md, 'Bumping a pin'"
  fi
  return 1
}

mkdir -p "$sources"
exec 9>"$sources/.lock"
flock 9
work=$(mktemp -d "$sources/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT

# All pins are tried, so that one run names all that are gone.
missing=0
while read -r name version _ sha256 paths; do
  case $name in '' | '#'*) continue ;; esac
  fetch_pin "$name" "$version" "$sha256" "$paths" </dev/null || missing=$((missing + 1))
done <"$here/pins.txt"

if ((missing > 0)); then
  say "$missing of the pinned archives could not be had"
  exit 1
fi
printf '%s\n' "$sources"
