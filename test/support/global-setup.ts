import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import type { Installation } from './debian-program.js';
import { installRedis } from './redis-install.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this test run; each test file makes a database of its own on it. */
    postgres: { host: string; port: number; user: string };
    /** Of this test run, removed at its end. */
    runFolder: string;
    /** From where tests that need a Redis get one; a problem fails those, not the others. */
    redis: { url: string } | Installation | { problem: string };
  }
}

/** One real PostgreSQL for the whole run, with a migrated database to copy. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const runFolder = await mkdtemp(join(tmpdir(), 'causerie-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir: join(runFolder, 'data'),
    log: { debug: () => {}, warn: () => {} },
  });
  const { host, port, user } = postgres.connection;
  const client = new Client({ ...postgres.connection, database: 'postgres' });
  await client.connect();
  await client.query('create database migrated');
  await migrate({ host, port, user, database: 'migrated', ssl: false });
  // Only a database that nobody is connected to can be copied.
  await client.query('alter database migrated allow_connections false');
  await client.end();
  project.provide('postgres', { host, port, user });
  project.provide('runFolder', runFolder);
  project.provide('redis', await findRedis());
  return async () => {
    await postgres.stop();
    await rm(runFolder, { recursive: true, force: true });
  };
}

async function findRedis(): Promise<{ url: string } | Installation | { problem: string }> {
  const url = process.env['TEST_REDIS_URL'];
  if (url !== undefined && url !== '') return { url };
  return installRedis().catch((error: Error) => ({ problem: error.message }));
}
