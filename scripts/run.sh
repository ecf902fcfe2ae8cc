#!/bin/sh
# run.sh [--all] [--build] [command …]: installs what the command needs, builds what has changed, and becomes the command.
# --all: what checks, tests and measures as well. Asks no registry for what is there, so it works without a network.
set -e
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
packages=server
build=
while :; do
  case "${1-}" in
    --all) packages=all ;;
    --build) build=1 ;;
    *) break ;;
  esac
  shift
done
node scripts/packages.mjs $packages
# The Node that has just been installed is another one than the shell remembers.
hash -r
if [ -n "$build" ]; then node scripts/build.mjs --if-changed; fi
if [ $# -gt 0 ]; then exec "$@"; fi
