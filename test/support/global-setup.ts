import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import type { Installation } from './debian-program.js';
import { installRedis } from './redis-install.js';
import { IN_MEMORY, scratchFolder } from './scratch-folder.js';
import { copyTemplateCluster } from './template-cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this test run; each test file creates a database of its own on it. */
    postgres: { host: string; port: number; user: string };
    /** How PostgreSQL copies a database: by files when they are in memory, or through its log when a disk is slow. */
    copyStrategy: 'file_copy' | 'wal_log';
    /** A folder of this test run, which is removed at its end. */
    runFolder: string;
    /** Where tests that need a Redis get one; a problem fails those tests only. */
    redis: { url: string } | Installation | { problem: string };
  }
}

/** The folder belongs to no run that is still active. */
const ABANDONED_AFTER_MS = 6 * 3_600_000;
/** The folders that tests make in the scratch folder. */
const OURS = /^(?:causerie-(?:test|fault|failover|restored|template)|embedded-test)-/;

interface TestRun {
  readonly provided: Pick<ProvidedContext, 'postgres' | 'copyStrategy' | 'runFolder' | 'redis'>;
  stop(): Promise<void>;
}

/** Each project loads this file again; the servers belong to the run. */
const RUN = Symbol.for('causerie.test-run');
const runs = globalThis as { [RUN]?: Promise<TestRun> | undefined };

/** Starts one real PostgreSQL for the whole run, with a migrated database to copy. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const run = await (runs[RUN] ??= startRun());
  project.provide('postgres', run.provided.postgres);
  project.provide('copyStrategy', run.provided.copyStrategy);
  project.provide('runFolder', run.provided.runFolder);
  project.provide('redis', run.provided.redis);
  return () => run.stop();
}

async function startRun(): Promise<TestRun> {
  const scratch = scratchFolder();
  const copyStrategy = scratch === IN_MEMORY ? 'file_copy' : 'wal_log';
  await removeAbandoned(scratch);
  const runFolder = await mkdtemp(join(scratch, 'causerie-test-'));
  const dataDir = join(runFolder, 'data');
  await copyTemplateCluster(dataDir);
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: { debug: () => undefined, warn: () => undefined },
  });
  const { host, port, user } = postgres.connection;
  let stopped: Promise<void> | undefined;
  return {
    provided: { postgres: { host, port, user }, copyStrategy, runFolder, redis: await findRedis() },
    // This runs once, when the last project has ended.
    stop: () => (stopped ??= endRun(postgres, runFolder)),
  };
}

/** Removes what killed runs have left behind, possibly in memory. */
async function removeAbandoned(scratch: string): Promise<void> {
  const names = (await readdir(scratch)).filter((name) => OURS.test(name));
  for (const folder of names.map((name) => join(scratch, name))) {
    const { birthtimeMs } = await stat(folder).catch(() => ({ birthtimeMs: Infinity }));
    if (Date.now() - birthtimeMs > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function endRun(postgres: { stop(): Promise<void> }, runFolder: string): Promise<void> {
  runs[RUN] = undefined;
  await postgres.stop();
  await rm(runFolder, { recursive: true, force: true });
}

async function findRedis(): Promise<{ url: string } | Installation | { problem: string }> {
  const url = process.env['TEST_REDIS_URL'];
  if (url !== undefined && url !== '') return { url };
  return installRedis().catch((error: Error) => ({ problem: error.message }));
}
