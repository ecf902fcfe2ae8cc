#!/bin/sh
# run.sh [option …] [command …]: installs what the command needs, builds what has changed, and becomes the command.
# --all: what checks, tests and measures as well. --earlier-postgres: the PostgreSQL that the embedded database may still
# be of. Asks no registry for what is there, so it works without a network.
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
# The Node that has just been installed is another one than the shell remembers.
hash -r
if [ -n "$earlier" ]; then node scripts/earlier-postgres.mjs; fi
if [ -n "$build" ]; then node scripts/build.mjs --if-changed; fi
if [ $# -gt 0 ]; then exec "$@"; fi
