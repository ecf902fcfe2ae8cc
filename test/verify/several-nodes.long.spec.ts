import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SILENT_NODES } from '../../verify/faults/faults.ts';
import { verifyWith } from '../../verify/faults/run.ts';
import { programFile } from '../faults/server-process.js';
import { urlOf } from '../faults/test-postgres.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { TestDatabase } from '../support/test-database.js';

let redis: RedisServer;
let database: TestDatabase;

// A time limit for hangs: two servers and their clients on a busy machine.
vi.setConfig({ testTimeout: 400_000 });

beforeAll(async () => {
  await programFile('main');
  [redis, database] = await Promise.all([startRedis(), TestDatabase.create()]);
});
afterAll(async () => {
  vi.resetConfig();
  await Promise.all([redis.stop(), database.drop()]);
});

const options = () => ['--nodes', '2', '--redis', redis.url, '--database', urlOf(database.connection)];

it('finds nothing wrong with two nodes', async () => {
  const { status, output } = await verifyWith([], options());
  expect(output).toMatch(/^http:\S+, http:\S+, --seed/);
  expect(output).toMatch(/no violations\n$/);
  expect(status).toBe(0);
});

it('finds that one node does not publish to the other', async () => {
  const { status, output } = await verifyWith([SILENT_NODES], options());
  expect(output).toMatch(/^delivery-missing: \d+$/m);
  expect(status).toBe(1);
});
