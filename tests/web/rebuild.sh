#!/bin/sh
# Builds the page again, and compares: what is committed is what the sources make.
#
# usage: rebuild.sh PROGRAM      kalima, whose API the client of the page is made from
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
"$here/packages.sh" || exit $?
cd "$here/../../src/web"

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$work"' EXIT
npx tsc --noEmit
npx vite build --outDir "$work/dist" --emptyOutDir --logLevel warn
diff -r dist "$work/dist" || {
  echo "src/web/dist is not what the sources make; run npm run build there"
  exit 1
}

"$program" import --starter --db "$work/starter.db" >/dev/null
"$program" serve --db "$work/starter.db" --port 0 >"$work/log" &
server=$!
tries=0
until address=$(grep -o 'http://[0-9.:]*' "$work/log" | head -1) && [ -n "$address" ]; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || exit 1
  sleep 0.1
done
node tools/client.mjs "$address/api/v1/openapi.json" --check

# The fonts, with the versions of fontTools that made them.
if python3 -m venv "$work/python" && "$work/python/bin/pip" install --quiet --disable-pip-version-check -r tools/fonts-requirements.txt; then
  "$work/python/bin/python" tools/fonts.py --check
else
  echo "The fonts were not made again: pip cannot install fontTools"
  (cd src/fonts && sha256sum --quiet --ignore-missing --check fonts.sha256)
fi
