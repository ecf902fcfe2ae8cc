// Installs the packages that are missing: those of the server, or with `all` those that check, test and measure as well
// (ADR 39). Runs on whatever Node there is, as the right one may be among them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewEnough } from './node-version.mjs';
import { runPnpm } from './run-pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isThere = (name) => existsSync(join(root, 'node_modules', name));
const stampFile = join(root, 'node_modules/.causerie-packages');

/** Names the versions that are wanted. */
function wanted() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

const isUpToDate = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted();

/** Our own Node only where that of the machine is too old, or has been. */
const needsNode = isThere('.bin/node') || !isNewEnough(process.versions.node);
const projects = ['causerie', ...(needsNode ? ['causerie-runtime'] : [])];
const ofServer = projects.flatMap((project) => ['--filter', project]);

function install(all) {
  const what = all ? 'of the server and of its tests' : 'of the server';
  process.stderr.write(`Installing the packages ${what} …\n`);
  if (runPnpm(['install', '--frozen-lockfile', ...(all ? [] : ofServer)], root)) return;
  process.stderr.write('The packages could not be installed.\n');
  process.exit(1);
}

const all = process.argv[2] === 'all';
const needed = ['oxc-transform', 'causerie-postgres', ...(all ? ['vitest'] : [])];
const isComplete = needed.every(isThere) && (isThere('.bin/node') || isNewEnough(process.versions.node));
if (!isComplete || !isUpToDate()) {
  // Whoever has everything keeps it.
  install(all || isThere('vitest'));
  writeFileSync(stampFile, wanted());
}
if (!isThere('.bin/node') && !isNewEnough(process.versions.node)) {
  process.stderr.write(
    `Causerie needs Node 24.16 or newer (not 25), this is ${process.versions.node}, and there is no package with one for this system: install it.\n`,
  );
  process.exit(1);
}
