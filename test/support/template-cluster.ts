import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findOwnBinaries } from '../../src/arch/common/infrastructure/database/embedded/own-binaries.js';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { scratchFolder } from './scratch-folder.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const CACHE = join(root, 'node_modules/.cache/template-cluster');
/** Everything that determines the contents of the cluster. */
const SOURCES = [
  'src/arch/common/infrastructure/database/**/*.{ts,sql,json}',
  'packages/embedded-postgres/src/*.ts',
  'test/support/template-cluster.ts',
];
const IN_USE_MS = 3_600_000;
const SPECS = ['**/*.spec.ts'];

/**
 * Copies a stopped cluster into `dataDir`, to be started there, with a database `migrated` to copy. It is built once
 * for each version of PostgreSQL and of the migrations.
 */
export async function copyTemplateCluster(dataDir: string): Promise<void> {
  const template = join(CACHE, await version());
  if (!existsSync(template)) await makeTemplate(template);
  // The modes are kept: PostgreSQL requires that its files belong to its user only.
  await run('cp', ['-a', template, dataDir]);
}

async function version(): Promise<string> {
  const hash = createHash('sha256');
  const { postgres, major } = await findOwnBinaries();
  hash.update(`${postgres} ${major} ${process.getuid?.()}`);
  for (const file of globSync(SOURCES, { cwd: root, exclude: SPECS }).toSorted()) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The folder appears complete: concurrent runs and stopped runs leave no unfinished one. */
async function makeTemplate(template: string): Promise<void> {
  const folder = await mkdtemp(join(scratchFolder(), 'causerie-template-'));
  try {
    await makeCluster(join(folder, 'data'));
    await mkdir(CACHE, { recursive: true });
    await removeEarlier();
    const draft = await mkdtemp(`${template}-`);
    await run('cp', ['-a', join(folder, 'data'), draft]);
    await rename(join(draft, 'data'), template).catch((error: Error) => {
      // Another run was faster.
      if (!existsSync(template)) throw error;
    });
    await rm(draft, { recursive: true, force: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes clusters of other versions; a run that has just built one may be copying it. */
async function removeEarlier(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const { mtimeMs } = await stat(join(CACHE, name));
    if (Date.now() - mtimeMs > IN_USE_MS) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

async function makeCluster(dataDir: string): Promise<void> {
  const log = { debug: () => undefined, warn: () => undefined };
  const server = await startEmbeddedPostgres({ dataDir, log });
  try {
    const client = new Client({ ...server.connection, database: 'postgres' });
    await client.connect();
    await client.query('create database migrated');
    await migrate({ ...server.connection, database: 'migrated', ssl: false });
    // Only a database without connections can be copied.
    await client.query('alter database migrated allow_connections false');
    await client.end();
  } finally {
    await server.stop();
  }
}
