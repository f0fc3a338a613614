#!/usr/bin/env bash
# From a fresh clone on Debian 12 to a running server over the surahs that come
# with the program, in one command; Ctrl-C ends it. As root it installs the
# packages that it needs. The program is build/release/kalima, its database
# build/try/starter.db, which keeps what is written into it.
#
#   packaging/try.sh
#
# KALIMA_PORT  port to listen on (default: 8080); the other settings of
#              `kalima serve` may be set in the environment likewise
# KALIMA_JOBS  compilations at the same time (default: the number of cores)
set -euo pipefail

if (($# > 0)); then
  sed -n '2,/^set /{s/^# \{0,1\}//;/^set /!p}' "${BASH_SOURCE[0]}"
  [[ $1 == -h || $1 == --help ]]
  exit
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '== %s\n' "$*"; }

say "packages"
packaging/packages.sh python3 # the tests are configured too
say "libraries (some minutes the first time)"
packaging/deps/build.sh
say "program"
cmake --preset release
cmake --build --preset release --parallel "${KALIMA_JOBS:-$(nproc)}" --target kalima
kalima=build/release/kalima
database=build/try/starter.db
mkdir -p "${database%/*}"
# What somebody wrote into it at an earlier try stays.
[ -e "$database" ] || "$kalima" import --starter --db "$database"

address=http://${KALIMA_HOST:-127.0.0.1}:${KALIMA_PORT:-8080}
say "$address/ is the page"
exec "$kalima" serve --db "$database"
