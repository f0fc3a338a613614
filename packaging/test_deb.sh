#!/usr/bin/env bash
# Makes the Debian package of a release build and tries it: what it holds, that
# it installs into an empty root, serves there, and leaves nothing but its
# users' data when it is removed.
#
#   packaging/test_deb.sh [BUILD FOLDER]   default: build/release
#
# Needs root (for chroot), dpkg and python3. Nothing outside of a temporary folder
# is changed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(cd "${1:-$root/build/release}" && pwd)
work=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
fail() {
  echo "test_deb: $*" >&2
  exit 1
}

(cd "$build" && cpack -G DEB --config CPackConfig.cmake -B "$work" >"$work/cpack.log") || {
  cat "$work/cpack.log" >&2
  exit 1
}
deb=$(echo "$work"/kalima_*.deb)
[[ -f $deb ]] || fail "cpack made no kalima_*.deb"

echo "== $(basename "$deb"), $(stat -c %s "$deb") bytes"
dpkg-deb --info "$deb"
contents=$(dpkg-deb --contents "$deb")
for file in usr/bin/kalima usr/lib/systemd/system/kalima.service usr/share/applications/kalima.desktop \
  usr/share/metainfo/kalima.metainfo.xml usr/share/icons/hicolor/scalable/apps/kalima.svg \
  usr/share/doc/kalima/copyright usr/share/doc/kalima/RUNBOOK.md usr/share/doc/kalima/licenses/; do
  [[ $contents == *" ./$file"* ]] || fail "the package lacks $file"
done
# All of it is root's, and writable for root alone.
if awk '{ if ($2 != "root/root" || substr($1, 6, 1) == "w" || substr($1, 9, 1) == "w") { print; bad = 1 } } END { exit !bad }' <<<"$contents"; then
  fail "owner or permissions of these are wrong"
fi

echo "== installing into an empty root"
target=$work/root
mkdir -p "$target"/{etc,tmp,usr/bin,var/lib/dpkg/{info,updates,triggers}}
: >"$target/var/lib/dpkg/status"
: >"$target/var/lib/dpkg/available"
# The package's scripts are run in this root, so it needs a shell; the services that they use are missing (no systemd), which
# they must bear.
cp -L --parents /bin/sh $(ldd /bin/sh | grep -o '/[^ ]*') "$target"
find "$target" -type f | sort >"$work/before"
dpkg_there() { dpkg --root="$target" --log="$work/dpkg.log" "$@"; }
dpkg_there --install "$deb"
dpkg-query --admindir="$target/var/lib/dpkg" --show kalima

echo "== serving"
mkfifo "$work/line"
XDG_DATA_HOME=/tmp chroot "$target" /usr/bin/kalima serve --port 0 >"$work/line" &
server=$!
read -r -t 60 line <"$work/line" || fail "no server"
port=$(sed -n 's|.*:\([0-9]*\)/.*|\1|p' <<<"$line")
python3 - "$port" <<'EOF'
import json, sys, urllib.request
base = 'http://127.0.0.1:%s' % sys.argv[1]
assert json.load(urllib.request.urlopen(base + '/healthz'))['status'] == 'ok'
assert json.load(urllib.request.urlopen(base + '/api/search/roots?root=rHm'))['count'] > 0
EOF
kill "$server"
wait "$server" || fail "the server ended with $?"
server=
[[ -f $target/tmp/kalima/kalima.db ]] || fail "the first start made no database"

echo "== removing"
dpkg_there --purge kalima
find "$target" -type f ! -path "$target/tmp/kalima/*" ! -path "$target/var/lib/dpkg/*" | sort >"$work/after"
sed -i "\|^$target/var/lib/dpkg/|d" "$work/before"
diff "$work/before" "$work/after" || fail "these files were left or lost"
[[ ! -e $target/usr/share/doc/kalima && ! -e $target/usr/share/metainfo ]] || fail "folders were left"
[[ -f $target/tmp/kalima/kalima.db ]] || fail "the database was removed"
echo "the package installs, serves and goes"
