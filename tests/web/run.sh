#!/bin/sh
# Tests of the web page: its functions by Node, the page itself in a browser, served by the real program.
#
# usage: run.sh PROGRAM [OUT]
#
# PROGRAM is kalima; screenshots go to OUT, by default build/web. Needs Node with npm, and Chromium. Exit code 77 where
# one of them is missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-${KALIMA_BINARY:?name the program}}
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
out=${2:-$root/build/web}
mkdir -p "$out"

chromium=$(command -v chromium-headless-shell || command -v chromium || true)
if [ -z "$chromium" ]; then
  echo "SKIPPED: the tests of the page need Chromium (Debian: apt install chromium-headless-shell)"
  exit 77
fi
"$here/packages.sh" || exit $?

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" import --starter --db "$work/starter.db" >/dev/null
python3 "$root/tests/fixtures/make_folder.py" "$work/data"
"$program" import --legacy "$work/data" --db "$work/trees.db" >/dev/null
node --test "$here/units.test.mjs"
node "$here/drive.mjs" "$program" "$work" "$chromium" "$out"
