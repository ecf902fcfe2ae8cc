// Installs the PostgreSQL of the previous major version, with which `pnpm database:upgrade` reads an old database (ADR 40).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installAlone, runPnpm } from './run-pnpm.mjs';

const folder = fileURLToPath(new URL('../runtime/earlier-postgres', import.meta.url));

// pnpm writes this file at the end of an installation. Where nothing has changed, pnpm prints nothing and requests nothing.
if (!existsSync(join(folder, 'node_modules/.modules.yaml'))) {
  process.stderr.write('Installing the PostgreSQL of the previous major version …\n');
}
const options = ['install', '--frozen-lockfile', '--prefer-offline', '--silent'];
if (!(await installAlone(folder, (addHolder) => runPnpm(options, folder, addHolder)))) {
  process.stderr.write('The PostgreSQL of the previous major version could not be installed.\n');
  process.exit(1);
}
