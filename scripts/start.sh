#!/bin/sh
# Starts the server as `pnpm start` does, where pnpm is not installed.
exec sh "$(dirname "$0")/run.sh" --build node dist/main.js "$@"
