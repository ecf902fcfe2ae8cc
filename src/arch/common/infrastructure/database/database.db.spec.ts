import { Logger } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { nameColumns } from './name-columns.js';
import { users } from './users.table.js';

const SECRET = 'what nobody else may read';
const NEW_USER = { email: 'ada@test.example', ...nameColumns('Ada'), passwordHash: 'none' };

let postgres: TestDatabase;
let database: Database;

beforeAll(async () => {
  Logger.overrideLogger(false);
  postgres = await TestDatabase.create();
  database = new Database(postgres.connection, 2);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

const execute = (statement: string) => database.query((db) => db.execute(sql.raw(statement)));
const count = async () => (await postgres.query('select from users')).length;
const failure = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail.');
};

describe('a transaction', () => {
  it('is not seen by others before its commit', async () => {
    const insert = () => database.query((db) => db.insert(users).values(NEW_USER));
    const [before] = await database.runInTransaction(async () => {
      await insert();
      return [await count()];
    });
    expect(before).toBe(0);
    expect(await count()).toBe(1);
  });

  it('that swallows the failure of a statement does not pretend to have stored anything, and publishes nothing', async () => {
    const published: string[] = [];
    const work = database.runInTransaction(async () => {
      database.afterCommit({ publish: () => void published.push('stored'), isStored: async () => false });
      await database.query((db) => db.insert(users).values({ ...NEW_USER, email: 'lost@test.example' }));
      await execute('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow(Error);
    expect(await postgres.query(`select from users where email = 'lost@test.example'`)).toEqual([]);
    expect(published).toEqual([]);
  });

  it('gives its connection back, however it fails', async () => {
    const failures = [
      () => Promise.reject(new Error('regret')),
      () => execute('select 1 / 0'),
      () => execute('select pg_terminate_backend(pg_backend_pid())'),
      () => execute('rollback').then(() => execute('select 1 / 0')),
    ];
    const all = Array.from({ length: 60 }, (_, index) => failures[index % failures.length]);
    const settled = await Promise.allSettled(
      all.map((work) => database.runInTransaction(async () => work?.())),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    const rows = await Promise.all(
      [1, 2, 3, 4].map(() => database.runInTransaction(() => execute('select 1 as one'))),
    );
    expect(rows.map((result) => result.rows)).toEqual(rows.map(() => [{ one: 1 }]));
  });
});

it('no error quotes what was to be stored', async () => {
  const insert = (values: Partial<typeof NEW_USER>) =>
    database.query((db) => db.insert(users).values({ ...NEW_USER, ...values }));
  const errors = await Promise.all([
    failure(insert({ email: 'new@test.example', displayName: SECRET.repeat(10) })),
    failure(insert({ passwordHash: SECRET })),
    failure(insert({ email: 'zero@test.example', displayName: `${SECRET}\0` })),
    failure(database.runInTransaction(() => insert({ passwordHash: SECRET }))),
  ]);
  for (const { message, stack } of errors) expect(`${message} ${stack}`).not.toContain(SECRET);
});
