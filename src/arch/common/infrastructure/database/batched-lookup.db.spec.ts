import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { BatchedLookup } from './batched-lookup.js';
import { Database } from './database.js';

let postgres: TestDatabase;
let database: Database;

beforeAll(async () => {
  postgres = await TestDatabase.create();
  database = new Database(postgres.connection, 4);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

/** Looks up which keys have an even length; `asked` records the statements. */
function evenLengths(lasts?: (even: boolean) => boolean) {
  const asked: (readonly string[])[] = [];
  const find = async (keys: readonly string[]) => {
    asked.push(keys);
    const rows = await database.execute<{ even: boolean }>({
      text: 'select length(key) % 2 = 0 as even from unnest($1::text[]) with ordinality as k (key, place) order by place',
      values: [keys],
    });
    return rows.map(({ even }) => even);
  };
  return { asked, lookup: new BatchedLookup(database, find, lasts) };
}

it('lookups of one turn share a statement, and those made while it runs the next', async () => {
  const { asked, lookup } = evenLengths();
  const first = ['a', 'bb', 'a'].map((key) => lookup.findValue(key));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const second = ['ccc', 'dddd'].map((key) => lookup.findValue(key));
  expect(await Promise.all([...first, ...second])).toEqual([false, true, false, false, true]);
  expect(asked).toEqual([
    ['a', 'bb'],
    ['ccc', 'dddd'],
  ]);
});

it('answers in the order of the questions', async () => {
  const { lookup } = evenLengths((even) => even);
  const answered: number[] = [];
  await lookup.findValue('known!');
  await Promise.all(
    ['new', 'known!', 'newer', 'known!'].map(async (key, index) => {
      await lookup.findValue(key);
      answered.push(index);
    }),
  );
  expect(answered).toEqual([0, 1, 2, 3]);
});

it('never holds more than 1,000 keys in a statement', async () => {
  const { asked, lookup } = evenLengths();
  const keys = Array.from({ length: 2_500 }, (_, index) => `key ${index}`);
  await Promise.all(keys.map((key) => lookup.findValue(key)));
  expect(asked.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  expect(asked.flat()).toEqual(keys);
});

it('caches only cacheable answers', async () => {
  const { asked, lookup } = evenLengths((even) => even);
  for (const key of ['aa', 'b', 'aa', 'b']) await lookup.findValue(key);
  expect(asked).toEqual([['aa'], ['b'], ['b']]);
});

it('a failure is reported to all that shared it, and the next lookups start again', async () => {
  let fails = true;
  const lookup = new BatchedLookup(database, async (keys) => {
    if (fails) throw new Error('away');
    return keys.map(() => true);
  });
  const settled = await Promise.allSettled([lookup.findValue('a'), lookup.findValue('b')]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await lookup.findValue('a')).toBe(true);
});

it('a lock on the whole table, as of a migration, is waited for', async () => {
  const migration = new Client(postgres.connection);
  await migration.connect();
  await migration.query('begin');
  await migration.query('lock table users in access exclusive mode');
  let attempts = 0;
  const lookup = new BatchedLookup(database, async (keys) => {
    attempts += 1;
    if (attempts === 2) await migration.end();
    await database.execute({ text: 'select from users limit 1' }, 'messages');
    return keys.map(() => true);
  });
  expect(await lookup.findValue('a')).toBe(true);
  expect(attempts).toBe(2);
});

describe('in a transaction', () => {
  it('uses its own connection, without sharing, and caches nothing', async () => {
    const { asked, lookup } = evenLengths(() => true);
    await database.runInTransaction(async () => {
      await Promise.all([lookup.findValue('a'), lookup.findValue('b')]);
    });
    await lookup.findValue('a');
    expect(asked).toEqual([['a'], ['b'], ['a']]);
  });

  it('work for many does not run in it', async () => {
    await database.runInTransaction(async () => {
      expect(database.inTransaction).toBe(true);
      expect(database.outsideTransaction(() => database.inTransaction)).toBe(false);
    });
  });
});
