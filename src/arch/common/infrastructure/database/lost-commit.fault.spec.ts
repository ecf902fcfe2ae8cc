import { Logger } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';

let postgres: TestDatabase;
let proxy: DatabaseProxy;
let database: Database;
let published: string[];

beforeEach(async () => {
  Logger.overrideLogger(false);
  postgres = await TestDatabase.create();
  await postgres.query('create table things (id int primary key)');
  proxy = await DatabaseProxy.open(postgres);
  database = new Database(proxy.connection, 4);
  published = [];
});
afterEach(async () => {
  await database.onApplicationShutdown();
  await proxy.close();
  await postgres.drop();
});

const insert = (id: number) =>
  database.query((db) => db.execute(sql`insert into things (id) values (${id})`));
const things = () => database.query((db) => db.execute(sql`select id from things`));
const work = async () => {
  await insert(1);
  database.afterCommit({
    publish: () => void published.push('one'),
    isStored: async () => (await things()).rowCount === 1,
  });
};

describe('of a transaction', () => {
  it('whose COMMIT was not answered the outcome is unknown; it is published when the database answers again', async () => {
    const cut = proxy.cutAtCommitOf('insert into things', 'after');
    await expect(database.runInTransaction(work)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      outcome: 'unknown',
    });
    await cut;
    expect(published).toEqual([]);
    proxy.reopen();
    await vi.waitUntil(() => published.length > 0, { interval: 5, timeout: 5_000 });
    expect(published).toEqual(['one']);
  });

  it('whose connection is lost before its COMMIT nothing is stored, and that is known', async () => {
    const cut = proxy.cutAt('insert into things', 'after');
    const failure = database.runInTransaction(work);
    await expect(failure).rejects.toMatchObject({ code: 'UNAVAILABLE', outcome: undefined });
    await cut;
    proxy.reopen();
    await vi.waitUntil(async () => (await things().catch(() => null))?.rowCount === 0, { interval: 5 });
    expect(published).toEqual([]);
  });
});

it('of a statement by itself whose answer was lost the outcome is unknown', async () => {
  const cut = proxy.cutAt('insert into things', 'after');
  await expect(insert(1)).rejects.toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  await cut;
});

it('without a connection it is known that nothing was done', async () => {
  await proxy.close();
  const nowhere = { code: 'UNAVAILABLE', outcome: undefined };
  await expect(insert(1)).rejects.toMatchObject(nowhere);
  await expect(database.runInTransaction(work)).rejects.toMatchObject(nowhere);
  proxy = await DatabaseProxy.open(postgres);
});
