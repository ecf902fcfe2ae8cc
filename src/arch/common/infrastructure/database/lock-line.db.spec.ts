import { Client, DatabaseError } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { Database } from './database.js';
import { LockLine } from './lock-line.js';

/** Connections in total, of which five are not for messages. */
const POOL_SIZE = 8;
/** Twice the number of connections. */
const WAITERS = 10;
/** A sequence counts the attempts, including failed ones. */
const CHANGE = `update rows set count = count + 1 where id = 1 and nextval('attempts') > 0`;

let postgres: TestDatabase;
let database: Database;
let elsewhere: Client;
const waiting: Promise<unknown>[] = [];

beforeAll(async () => {
  postgres = await TestDatabase.create();
  await postgres.query('create table rows (id int primary key, count int)');
  await postgres.query('insert into rows values (1, 0)');
  await postgres.query('create sequence attempts');
});
beforeEach(async () => {
  await postgres.query(`select setval('attempts', 1, false)`);
  database = new Database(postgres.connection, POOL_SIZE);
  elsewhere = new Client(postgres.connection);
  await elsewhere.connect();
  await elsewhere.query('begin; select from rows where id = 1 for update');
});
afterEach(async () => {
  await elsewhere.end();
  await Promise.allSettled(waiting.splice(0));
  await database.onApplicationShutdown();
});
afterAll(() => postgres.drop());

const change = () => database.execute({ text: CHANGE });
const changeInTransaction = () => database.runInTransaction(change);

it.each([
  ['a statement', change],
  ['a transaction', changeInTransaction],
])('%s that waits for a lock is done, once, as soon as the lock is free', async (_what, work) => {
  const before = await count();
  waiting.push(...Array.from({ length: WAITERS }, work));
  await attempts(WAITERS + 4);
  await elsewhere.query('commit');
  await Promise.all(waiting);
  expect(await count()).toBe(before + WAITERS);
});

it('many that wait for a lock soon leave connections to work that waits for none', async () => {
  let refused = 0;
  const countRefusal = () => {
    refused += 1;
  };
  waiting.push(...Array.from({ length: WAITERS }, () => change().catch(countRefusal)));
  for (let asked = 0; asked < 3; asked += 1) await database.execute({ text: 'select 1' });
  expect(refused).toBe(0);
});

it('two are repeated at once, and each that has found a lock is', async () => {
  const line = new LockLine(2);
  const locked = Object.assign(new DatabaseError('planted', 0, 'error'), { code: '55P03' });
  let [underWay, most] = [0, 0];
  const tries = Array.from({ length: WAITERS }, () => {
    let times = 0;
    return line.waitForTurn(async () => {
      times += 1;
      if (times === 1) throw locked;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      if (times === 2) throw locked;
      return times;
    });
  });
  expect(await Promise.all(tries)).toEqual(Array.from({ length: WAITERS }, () => 3));
  expect(most).toBe(2);
});

it('work without an answer is not repeated once it has been done', async () => {
  const locked = Object.assign(new DatabaseError('planted', 0, 'error'), { code: '55P03' });
  const work = vi.fn<() => Promise<void>>().mockRejectedValueOnce(locked).mockResolvedValue(undefined);
  await new LockLine(2).waitForTurn(work);
  expect(work).toHaveBeenCalledTimes(2);
});

it('work that has waited for too long gets UNAVAILABLE with the outcome that nothing was done', async () => {
  const start = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: WAITERS }, change));
  // It did not fail at the first attempt.
  expect(performance.now() - start).toBeGreaterThan(2_400);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(UnavailableError) });
    expect(outcome).toHaveProperty('reason.outcome', undefined);
  }
});

const attempts = (least: number) =>
  vi.waitUntil(
    async () => {
      const [row] = await postgres.query<{ made: string }>('select last_value as made from attempts');
      return Number(row?.made) >= least;
    },
    { interval: 5, timeout: 10_000 },
  );
const count = async () =>
  (await postgres.query<{ count: number }>('select count from rows where id = 1'))[0]?.count ?? 0;
