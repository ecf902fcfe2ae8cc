import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { type Lane, WAITS } from './lanes.js';
import { withClient } from './with-client.js';

const LANES = ['general', 'messages'] as const satisfies readonly Lane[];

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** After the timers that `pg` sets synchronously. */
const timersAreSet = () => new Promise((resolve) => void setImmediate(resolve));

/** The errors one millisecond before the time is over, and when it is over. */
async function failures(milliseconds: number, work: Promise<unknown>) {
  let failure: unknown = null;
  const outcome = work.catch((error: unknown) => (failure = error));
  await timersAreSet();
  await vi.advanceTimersByTimeAsync(milliseconds - 1);
  const before = failure;
  await vi.advanceTimersByTimeAsync(1);
  await outcome;
  return { before, after: failure };
}
const AWAY = { before: null, after: { code: 'UNAVAILABLE' } };

describe('a database that accepts connections and never answers', () => {
  let silent: Server;
  let sockets: Socket[];
  let connection: { host: string; port: number; user: string; database: string; ssl: false };

  beforeEach(async () => {
    sockets = [];
    silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    connection = { host: '127.0.0.1', port, user: 'ada', database: 'chat', ssl: false };
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    silent.close();
    await once(silent, 'close');
  });
  it.each([
    ['general', 5_000],
    ['messages', 3_000],
  ] as const)('is waited for in the lane for %s for %i ms', async (lane, milliseconds) => {
    const database = new Database(connection, 2);
    const work = database.execute({ text: 'select 1' }, lane);
    expect(await failures(milliseconds, work)).toMatchObject(AWAY);
    await database.onApplicationShutdown();
  });

  it('is waited for at a start for 5 s', async () => {
    const work = withClient(connection, async () => undefined);
    expect(await failures(5_000, work)).toMatchObject({ before: null, after: { name: 'StartupError' } });
  });
});

describe('a connection', () => {
  let postgres: TestDatabase;
  let proxy: DatabaseProxy;
  let database: Database;

  beforeAll(async () => {
    postgres = await TestDatabase.create();
    proxy = await DatabaseProxy.open(postgres);
    database = new Database(proxy.connection, 2);
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await proxy.close();
    await postgres.drop();
  });

  // Also after a failed test: a blocked connection could not be closed.
  afterEach(() => proxy.flow());

  it.each([
    ['general', '10s'],
    ['messages', '3s'],
  ] as const)(
    'of the lane for %s has the server end statements after %s, locks after 250 ms, idle transactions after 10 s',
    async (lane, statement) => {
      const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
      const text = `select ${names.map((name) => `current_setting('${name}')`).join(` || ' ' || `)} as bounds`;
      expect(await database.execute({ text }, lane)).toEqual([{ bounds: `${statement} 250ms 10s` }]);
    },
  );

  it.each([
    ['general', 12_000],
    ['messages', 4_000],
  ] as const)('of the lane for %s is given up when no answer has come after %i ms', async (lane, waited) => {
    await database.execute({ text: 'select 1' }, lane);
    proxy.stall();
    const work = database.execute({ text: 'select 1' }, lane);
    expect(await failures(waited, work)).toMatchObject(AWAY);
  });

  it('of a transaction is given up without waiting for the answer to a rollback, too', async () => {
    const stalled = Promise.withResolvers<void>();
    const work = database.runInTransaction(async () => {
      proxy.stall();
      stalled.resolve();
      await database.execute({ text: 'select 1' });
    });
    const outcome = work.catch((error: unknown) => error);
    await stalled.promise;
    await timersAreSet();
    await vi.advanceTimersByTimeAsync(12_000);
    const waits = timersAreSet().then(() => 'it waits');
    expect(await Promise.race([outcome, waits])).toMatchObject({ code: 'UNAVAILABLE' });
  });
});

it.each(LANES)('a statement in the lane for %s ends before a shutdown stops waiting for it', (lane) => {
  const { connection, lock, statement, answer } = WAITS[lane];
  expect(lock).toBeLessThan(statement);
  expect(statement).toBeLessThan(answer);
  expect(connection + answer).toBeLessThan(20_000);
});
