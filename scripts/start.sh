#!/bin/sh
# What `pnpm start` does, without pnpm.
exec sh "$(dirname "$0")/run.sh" --build node dist/main.js "$@"
