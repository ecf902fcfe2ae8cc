// Installs missing packages: those of the server, and with `all` also those for checks, tests and benchmarks (ADR 39). This
// file must run on every version of Node, because a suitable Node may be one of the packages.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPackage } from './missing-package.mjs';
import { isNewEnough } from './node-version.mjs';
import { installAlone, runPnpm } from './run-pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isInstalled = (name) => existsSync(join(root, 'node_modules', name));
const stampFile = join(root, 'node_modules/.causerie-packages');

/** A hash of the files that decide which versions are installed. */
function hashOfVersions() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The stamp file does not exist during an installation, nor after an interrupted one. */
const isUpToDate = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfVersions();

const hasNode = () => isInstalled('.bin/node') || isNewEnough(process.versions.node);
/** Node is installed only where the version of the machine is, or was, too old. */
const needsNode = () => isInstalled('.bin/node') || !isNewEnough(process.versions.node);

/**
 * The name of a missing package that a command needs, else undefined. PostgreSQL is named here because nothing imports it.
 */
function missingFor(all) {
  const needed = ['oxc-transform', 'causerie-postgres', ...(all ? ['vitest'] : [])];
  return needed.find((name) => !isInstalled(name)) ?? missingPackage(root, all ? ['.', 'tools'] : ['.']);
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

/** Removes the folders, because pnpm does not repair what it has recorded as installed. */
function removePackages() {
  for (const project of [
    '.',
    'packages/client',
    'packages/embedded-postgres',
    'packages/react',
    'runtime',
    'tools',
    'web',
  ]) {
    rmSync(join(root, project, 'node_modules'), { recursive: true, force: true });
  }
}

async function installMissing(addHolder) {
  // Where the packages for tests are installed they stay so.
  const all = process.argv[2] === 'all' || isInstalled('vitest');
  if (isComplete(all) && isUpToDate()) return;
  rmSync(stampFile, { force: true });
  await install(all, addHolder);
  const missing = missingFor(all);
  if (missing !== undefined) {
    process.stderr.write(
      `The installation is incomplete (${missing} is missing). All packages are installed again.\n`,
    );
    removePackages();
    await install(all, addHolder);
    const still = missingFor(all);
    if (still !== undefined) throw new Error(`The packages could not be installed: ${still} is missing.`);
  }
  writeFileSync(stampFile, hashOfVersions());
}

try {
  if (!isComplete(process.argv[2] === 'all') || !isUpToDate()) await installAlone(root, installMissing);
  if (!hasNode()) {
    throw new Error(
      `Causerie needs Node 24.16 or newer (not 25), this is ${process.versions.node}, and no package provides Node for this system: install it yourself.`,
    );
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
