import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Client } from 'pg';
import type { RunningPostgres } from 'causerie-embedded-postgres';
import { DatabaseProxy } from '../../../../../../test/support/database-proxy.js';
import { scratchFolder } from '../../../../../../test/support/scratch-folder.js';
import { Database } from '../database.js';
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.js';
import { migrate } from '../migrate.js';

const ROLE = 'app';

let dataDir: string;
let server: RunningPostgres;
let proxy: DatabaseProxy;
let database: Database;
let isOpen = false;

const files = () => join(dataDir, 'postgres');
const backup = () => join(dataDir, 'backup');
/** Copies as an administrator would: with owners, times and modes. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);
const start = () =>
  startEmbeddedPostgres({ dataDir, log: { debug: () => undefined, warn: () => undefined } });
const direct = () => ({ ...server.connection, ssl: false as const });

beforeAll(async () => {
  Logger.overrideLogger(false);
  dataDir = await mkdtemp(join(scratchFolder(), 'causerie-restored-'));
  server = await start();
  await migrate(direct());
  await ask(`create role ${ROLE} login`);
  await ask(`grant select, insert, update on database_epochs to ${ROLE}`);
  await ask('select database_epoch()');
  proxy = await DatabaseProxy.open({ connection: direct() });
  await server.stop();
  copy(files(), backup());
});
beforeEach(async () => {
  server = await start();
  proxy.leadTo(direct());
});
afterEach(async () => {
  await closeNode();
  await server.stop();
});
afterAll(async () => {
  await proxy.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function ask(statement: string): Promise<void> {
  const client = new Client(direct());
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function epochAs(user: string): Promise<string> {
  if (!isOpen) database = new Database({ ...proxy.connection, user }, 2);
  isOpen = true;
  await database.readEpoch();
  return database.epoch.current;
}

async function closeNode(): Promise<void> {
  if (isOpen) await database.onApplicationShutdown();
  isOpen = false;
}

/** Restarts with everything stopped in between. */
async function restart(between: () => void = () => undefined): Promise<void> {
  await server.stop();
  between();
  server = await start();
  proxy.leadTo(direct());
}
function putBack(): void {
  execFileSync('rm', ['-r', files()]);
  copy(backup(), files());
}

it('PostgreSQL that was only restarted stays in its epoch', async () => {
  const epoch = await epochAs('causerie');
  await ask('create table written as select generate_series(1, 10000)');
  await restart();
  expect(await epochAs('causerie')).toBe(epoch);
});

it('a restored data folder begins another, also for nodes that were not running', async () => {
  const epoch = await epochAs('causerie');
  await closeNode();
  await restart(putBack);
  expect(await epochAs('causerie')).not.toBe(epoch);
});

it('for a role that may not read files, the shorter log reveals it', async () => {
  await restart(putBack);
  const epoch = await epochAs(ROLE);
  await ask('create table written_again as select generate_series(1, 10000)');
  expect(await epochAs(ROLE)).toBe(epoch);
  await restart();
  expect(await epochAs(ROLE)).toBe(epoch);
  await restart(putBack);
  expect(await epochAs(ROLE)).not.toBe(epoch);
});
