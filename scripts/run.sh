#!/bin/sh
# run.sh [option …] [command …] installs the packages that the command needs, then replaces itself with the command.
#   --all               installs the packages for checks, tests and benchmarks as well
#   --build             compiles src if it has changed
#   --earlier-postgres  installs the PostgreSQL of the previous major version, which may have written the embedded database
# Nothing is requested from a registry when all packages are installed, so the command runs without a network then.
set -e
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
packages=server
build=
earlier=
while :; do
  case "${1-}" in
    --all) packages=all ;;
    --build) build=1 ;;
    --earlier-postgres) earlier=1 ;;
    *) break ;;
  esac
  shift
done
node scripts/packages.mjs $packages
# The shell must forget the path of the previous Node: another one may have been installed.
hash -r
if [ -n "$earlier" ]; then node scripts/earlier-postgres.mjs; fi
if [ -n "$build" ]; then node scripts/build.mjs --if-changed; fi
if [ $# -gt 0 ]; then exec "$@"; fi
