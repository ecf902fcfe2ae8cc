import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { WAITS } from './lanes.js';

/** The connection itself stays open, so that only our own code can know that it must not be used any more. */
const REPORT = { severity: 'ERROR', state: '08006' } as const;

let postgres: TestDatabase;
let proxy: DatabaseProxy;
let database: Database;

beforeEach(async () => {
  Logger.overrideLogger(false);
  postgres = await TestDatabase.create();
  proxy = await DatabaseProxy.open(postgres);
  database = new Database(proxy.connection, 2);
});
afterEach(async () => {
  vi.useRealTimers();
  await database.onApplicationShutdown();
  await proxy.close();
  await postgres.drop();
});

const ask = { text: 'select pg_backend_pid() as pid' };
/** The pool's only connection. */
const connection = () => database.runInTransaction(async () => (await database.execute(ask))[0]);

it('a connection whose transaction alone has failed is used again', async () => {
  const before = await connection();
  await expect(database.runInTransaction(() => database.execute({ text: 'select 1 / 0' }))).rejects.toThrow(
    'division',
  );
  expect(await connection()).toEqual(before);
});

it.each([
  [
    'whose failure PostgreSQL has reported',
    async () => {
      proxy.answerWith(REPORT);
      await database.execute(ask);
    },
  ],
  [
    'that could not even roll back',
    async () => {
      proxy.answerWith(REPORT);
      throw new Error('regret');
    },
  ],
  [
    'that did not answer in time',
    async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      proxy.stall();
      const asked = database.execute(ask);
      vi.advanceTimersByTime(WAITS.general.answer);
      await asked;
    },
  ],
])('a connection %s is not given back to the pool', async (_, work) => {
  const before = await connection();
  await expect(database.runInTransaction(work)).rejects.toThrow(Error);
  vi.useRealTimers();
  proxy.answerWith(null);
  proxy.flow();
  expect(await connection()).not.toEqual(before);
});
