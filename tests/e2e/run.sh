#!/bin/sh
# A browser drives the program through the page in page/.
#
# usage: run.sh PROGRAM [OUT]
#
# PROGRAM is kalima, by default what KALIMA_BINARY names; screenshots go to OUT, by default build/e2e. Needs Node with
# npm, and Chromium, which root gets by apt. Exit code 77 where one of them is missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-${KALIMA_BINARY:?name the program}}
out=${2:-$root/build/e2e}

skip() {
  echo "SKIPPED: $1"
  exit 77
}

command -v node >/dev/null && command -v npm >/dev/null || skip "the browser test needs Node and npm"
python=$(command -v python3) || skip "the browser test needs Python 3"
chromium=$(command -v chromium || true)
if [ -z "$chromium" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # `apt` leaves other programs' locks alone; without a network it says so and the test is skipped.
  { apt-get -o Acquire::Retries=5 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=5 install -y -qq --no-install-recommends chromium; } >/dev/null || true
  chromium=$(command -v chromium || true)
fi
[ -n "$chromium" ] || skip "the browser test needs Chromium (Debian: apt install chromium)"

program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
mkdir -p "$out"
# Rebuilt when the lock file changes.
if ! cmp -s "$here/package-lock.json" "$out/package-lock.json" || [ ! -d "$out/node_modules/playwright-core" ]; then
  rm -rf "$out/node_modules"
  cp "$here/package.json" "$out/"
  (cd "$out" && cp "$here/package-lock.json" . && npm ci --fetch-retries=5 --no-audit --no-fund --ignore-scripts --loglevel=error) || {
    rm -f "$out/package-lock.json"
    skip "npm cannot install playwright-core"
  }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" "$root/tests/fixtures/make_folder.py" "$work/data"
"$program" import --legacy "$work/data" --db "$work/quran.db" >/dev/null
node "$here/drive.mjs" "$program" "$work/quran.db" "$chromium" "$out"
