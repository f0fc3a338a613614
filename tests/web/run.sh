#!/bin/sh
# Tests of the web page: its functions by Node, the page itself in a browser, served by the real program.
#
# usage: run.sh PROGRAM [OUT]
#
# With the old server's data (KALIMA_SHARED, or ../shared next to the repository) the whole Quran is looked at too: samples of
# it, or all with KALIMA_WEB_ALL=1.
#
# Ends with a line "FAILED: NAME: MESSAGE" for each test that failed.
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
"$program" import --starter --db "$work/notes.db" >/dev/null
"$program" import --starter --db "$work/import.db" >/dev/null
(cd "$root" && python3 -m tests.imports.write_published "$work/published")
python3 "$root/tests/fixtures/make_folder.py" "$work/data"
"$program" import --legacy "$work/data" --db "$work/trees.db" >/dev/null
shared=${KALIMA_SHARED:-$root/../shared}/legacy-data/datasets
if [ -d "$shared" ]; then
  "$program" import --text "$shared/text/quran-clean.txt" --morphology "$shared/morphology/quranic-corpus-morphology-0.4.txt" \
    --treebank "$shared/quranic/Quranic/Quranic.csv" --masaq "$shared/masaq/MASAQ.csv" --db "$work/full.db" >/dev/null
fi
export KALIMA_WEB_DATASETS="$shared"
failed=0
node --test --test-reporter=tap --test-reporter-destination=stdout --test-reporter="$here/failures.mjs" --test-reporter-destination="$work/units.failed" "$here/units.test.mjs" || failed=1
# What looks at every screen takes as long as all else, and waits for the page as often: both at once, each with its browser and servers.
mkdir "$work/screens"
cp -r "$work"/*.db* "$work/screens"
node "$here/drive.mjs" "$program" "$work/screens" "$chromium" "$out" access >"$work/screens.log" 2>&1 &
screens=$!
{ node "$here/drive.mjs" "$program" "$work" "$chromium" "$out" -access 2>&1 || echo "$?" >"$work/code"; } | tee "$work/page.log"
[ ! -f "$work/code" ] || failed=1
wait "$screens" || failed=1
cat "$work/screens.log"
# All that failed is said again where it is found: at the end.
if [ $failed -ne 0 ]; then
  echo
  grep -h '^FAILED: ' "$work/units.failed" "$work/page.log" "$work/screens.log" || {
    tail -n 20 "$work/page.log" "$work/screens.log"
    echo "FAILED: something ended before it could say why"
  }
fi
exit $failed
