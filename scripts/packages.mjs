// Installs the packages that are missing: those of the server, or with `all` those that check, test and measure as well
// (ADR 39). Runs on whatever Node there is, as the right one may be among them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPackage } from './missing-package.mjs';
import { isNewEnough } from './node-version.mjs';
import { installAlone, runPnpm } from './run-pnpm.mjs';

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

/** It is not there while an installation goes on, nor after one that was interrupted. */
const isUpToDate = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted();

const hasNode = () => isThere('.bin/node') || isNewEnough(process.versions.node);
/** Our own Node only where that of the machine is too old, or has been. */
const needsNode = () => isThere('.bin/node') || !isNewEnough(process.versions.node);

/** A package that is missing, of those that a command needs; nobody imports PostgreSQL's. */
function missingFor(all) {
  const needed = ['oxc-transform', 'causerie-postgres', ...(all ? ['vitest'] : [])];
  return needed.find((name) => !isThere(name)) ?? missingPackage(root, all ? ['.', 'tools'] : ['.']);
}
const isComplete = (all) => hasNode() && missingFor(all) === undefined;

async function install(all, addHolder) {
  const projects = ['causerie...', ...(needsNode() ? ['causerie-runtime'] : [])];
  const ofServer = projects.flatMap((project) => ['--filter', project]);
  const what = all ? 'of the server and of its tests' : 'of the server';
  process.stderr.write(`Installing the packages ${what} …\n`);
  const options = ['install', '--frozen-lockfile', ...(all ? [] : ofServer)];
  if (!(await runPnpm(options, root, addHolder))) throw new Error('The packages could not be installed.');
}

/** pnpm leaves alone what it believes to have installed. */
function removePackages() {
  for (const project of ['.', 'packages/embedded-postgres', 'runtime', 'tools']) {
    rmSync(join(root, project, 'node_modules'), { recursive: true, force: true });
  }
}

async function installMissing(addHolder) {
  // Whoever has everything keeps it.
  const all = process.argv[2] === 'all' || isThere('vitest');
  if (isComplete(all) && isUpToDate()) return;
  rmSync(stampFile, { force: true });
  await install(all, addHolder);
  const missing = missingFor(all);
  if (missing !== undefined) {
    process.stderr.write(
      `The packages are not whole (${missing} is missing): once more, from the beginning.\n`,
    );
    removePackages();
    await install(all, addHolder);
    const still = missingFor(all);
    if (still !== undefined) throw new Error(`The packages could not be installed: ${still} is missing.`);
  }
  writeFileSync(stampFile, wanted());
}

try {
  if (!isComplete(process.argv[2] === 'all') || !isUpToDate()) await installAlone(root, installMissing);
  if (!hasNode()) {
    throw new Error(
      `Causerie needs Node 24.16 or newer (not 25), this is ${process.versions.node}, and there is no package with one for this system: install it.`,
    );
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
