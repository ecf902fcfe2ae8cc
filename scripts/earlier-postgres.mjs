// Installs the PostgreSQL of the major version before, which `pnpm database:upgrade` reads an old database with (ADR 40).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installAlone, runPnpm } from './run-pnpm.mjs';

const folder = fileURLToPath(new URL('../runtime/earlier-postgres', import.meta.url));

// pnpm writes it when it has done everything; it says nothing and asks nobody where nothing has changed.
if (!existsSync(join(folder, 'node_modules/.modules.yaml'))) {
  process.stderr.write('Installing the PostgreSQL of the major version before …\n');
}
const options = ['install', '--frozen-lockfile', '--prefer-offline', '--silent'];
if (!(await installAlone(folder, (addHolder) => runPnpm(options, folder, addHolder)))) {
  process.stderr.write('The PostgreSQL of the major version before could not be installed.\n');
  process.exit(1);
}
