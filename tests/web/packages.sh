#!/bin/sh
# Puts what builds and tests the page into src/web/node_modules, as package-lock.json has it. Exit code 77 where that
# cannot be had.
set -eu
cd "$(dirname "$0")/../../src/web"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "SKIPPED: the page is built with Node and npm"
  exit 77
fi
# Installed already, from this lock file.
if cmp -s package-lock.json node_modules/.installed; then exit 0; fi
npm ci --fetch-retries=5 --no-audit --no-fund --ignore-scripts --loglevel=error || {
  # Where packages can be had, it is the lock file that is wrong.
  if npm view --loglevel=silent preact version >/dev/null; then exit 1; fi
  echo "SKIPPED: npm cannot reach the packages of the page"
  exit 77
}
cp package-lock.json node_modules/.installed
