import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMigrations } from '../../src/arch/common/infrastructure/database/migration-files.js';
import { cutIntoSteps } from '../../src/arch/common/infrastructure/database/migration-steps.js';
import { TestDatabase } from '../support/test-database.js';
import { MIGRATIONS } from './old-database.js';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await TestDatabase.empty();
  client = new Client(database.connection);
  await client.connect();
  await client.query(`create schema drizzle; create table drizzle.__drizzle_migrations (hash text)`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const tables = async (kind = 'r') => {
  const { rows } = await client.query<{ relname: string }>(
    "select relname from pg_class where relkind = $1 and relnamespace = 'public'::regnamespace",
    [kind],
  );
  return rows.map(({ relname }) => relname);
};

/** Locks that keep writers waiting, of the transaction that is open. */
const heldLocks = async (kind = 'r') => {
  const { rows } = await client.query<{ relname: string; mode: string }>(
    `select relname, mode from pg_locks join pg_class c on c.oid = relation
     where pid = pg_backend_pid() and granted and relkind = $1
       and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`,
    [kind],
  );
  return rows;
};

it('every transaction of a migration locks its table first', async () => {
  for (const [{ tag }, steps] of cutIntoSteps(readMigrations(MIGRATIONS))) {
    const known = await tables();
    const knownViews = await tables('v');
    for (const { statements, locks } of steps) {
      await client.query('begin');
      for (const statement of statements) await client.query(statement);
      const held = await heldLocks();
      const views = (await heldLocks('v')).filter(({ relname }) => knownViews.includes(relname));
      await client.query('commit');
      // A view that is waited for must find nothing locked, and no other view.
      const besides = views.length === 0 ? [] : [...locks.keys(), ...views.slice(1)];
      expect(besides, `${tag}: ${statements[0]}`).toEqual([]);
      const taken = held.filter(({ relname }) => known.includes(relname)).map(({ relname }) => relname);
      expect([...locks.keys()], `${tag}: ${statements[0]}`).toEqual(expect.arrayContaining(taken));
    }
  }
});

it('rows are validated in a transaction that keeps no reader and no writer waiting', () => {
  const steps = [...cutIntoSteps(readMigrations(MIGRATIONS)).values()].flat();
  const validating = steps.filter(({ statements }) =>
    statements.some((statement) => statement.includes('VALIDATE CONSTRAINT')),
  );
  expect(validating.length).toBeGreaterThan(5);
  expect(validating.filter(({ locks }) => locks.size > 0)).toEqual([]);
});

it('no transaction of a migration locks more than one table, except for a foreign key, which has two', () => {
  const steps = [...cutIntoSteps(readMigrations(MIGRATIONS)).values()].flat();
  const several = steps.filter(({ locks }) => locks.size > 1);
  expect(several.filter(({ locks }) => locks.size > 2)).toEqual([]);
  expect(several.filter(({ statements }) => !statements.join(';').includes('FOREIGN KEY'))).toEqual([]);
});
