#!/usr/bin/env bash
# From a fresh clone on Debian 12 to a running server over a small sample, in
# one command; Ctrl-C ends it. As root it installs the packages that it needs.
# The sample is made anew each time, in build/try.
#
#   packaging/try.sh
#
# KALIMA_PORT  port to listen on (default: 8080); the other settings of
#              `kalima serve` may be set in the environment likewise
# KALIMA_JOBS  compilations at one time (default: the number of cores)
set -euo pipefail

if (($# > 0)); then
  sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
  [[ $1 == -h || $1 == --help ]]
  exit
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '== %s\n' "$*"; }

say "packages"
packaging/packages.sh python3
say "libraries (some minutes the first time)"
packaging/deps/build.sh
say "program"
cmake --preset release
cmake --build --preset release --parallel "${KALIMA_JOBS:-$(nproc)}" --target kalima
kalima=build/release/kalima
sample=build/try
say "sample: surahs 1 and 93 to 114, with some research documents"
mkdir -p "$sample"
python3 tests/fixtures/make_folder.py "$sample/data" all
"$kalima" import --legacy "$sample/data" --db "$sample/sample.db"

address=http://${KALIMA_HOST:-127.0.0.1}:${KALIMA_PORT:-8080}
cat <<TEXT

Try in a browser, or with curl:
  $address/api/verse/112/1                       a verse with its words and segments
  $address/api/search/roots?root=rHm             a root (in Buckwalter letters)
  $address/api/search/morphology?q=PASS          passive verbs and participles
  $address/api/search/verb_forms?form=IV         verbs of form IV
  $address/api/search/syntax?q=P+N               a preposition before a noun
  $address/api/search/dependency?relation=Subj   subjects, in the treebank
  $address/api/v1/history                        what was changed and when; nothing yet

TEXT
exec "$kalima" serve --db "$sample/sample.db"
