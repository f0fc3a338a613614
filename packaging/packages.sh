#!/usr/bin/env bash
# Installs the Debian packages that building Kalima needs, and those that are
# named as arguments, if they are missing. Needs root only for that.
#
#   packages.sh [--target NAME] [PACKAGE...]    NAME as for deps/build.sh
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
die() {
  printf 'packages: %s\n' "$*" >&2
  exit 1
}

of_target=()
if [[ ${1-} == --target ]]; then
  (($# > 1)) || die "--target wants a name"
  of_target=(--target "$2")
  shift 2
fi
needed=$("$here/deps/build.sh" "${of_target[@]}" --print-packages)
read -ra packages <<<"${needed//$'\n'/ } $*"

command -v dpkg-query >/dev/null || die "this is not Debian; Kalima needs the equivalents of: ${packages[*]}"
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=unknown
  [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

((EUID == 0)) || die "run this as root, or install first: ${missing[*]}"
# A mirror that fails for a moment is asked again; another program that installs something is waited for.
options=(-o Acquire::Retries=5 -o DPkg::Lock::Timeout=600)
apt-get "${options[@]}" update
DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install -y --no-install-recommends "${missing[@]}"
