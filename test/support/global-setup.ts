import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this test run; each test file makes a database of its own on it. */
    postgres: { host: string; port: number; user: string };
  }
}

/** One real PostgreSQL for the whole run, with a migrated database to copy. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'causerie-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: { debug: () => {}, warn: () => {} } });
  const { host, port, user } = postgres.connection;
  const client = new Client({ ...postgres.connection, database: 'postgres' });
  await client.connect();
  await client.query('create database migrated');
  await client.end();
  await migrate({ host, port, user, database: 'migrated', ssl: false });
  project.provide('postgres', { host, port, user });
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
