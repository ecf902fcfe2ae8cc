import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';
import { catalogueOf } from './catalogue.js';

const SHORT = { lockTimeout: 50, pause: 20, attempts: 3 };
/** The lock of earlier versions, which they held as long as their connection lasted. */
const TAKE_LOCK = 'select pg_advisory_lock(6283185)';

let database: TestDatabase;
let other: Client;
let lines: string[];
/** Called when a line is logged. */
let onLine: (line: string) => void;
const log = { warn: (line: string) => onLine(line) };

beforeEach(async () => {
  database = await TestDatabase.empty();
  other = new Client(database.connection);
  await other.connect();
  lines = [];
  onLine = (line) => void lines.push(line);
});
afterEach(async () => {
  await other.end();
  await database.drop();
});

it('a database that has all migrations is only read, whoever has the lock', async () => {
  await migrate(database.connection, { log });
  await other.query(TAKE_LOCK);
  await other.query('begin; lock table drizzle.__drizzle_migrations in exclusive mode');
  await migrate(database.connection, { patience: SHORT, log });
  await other.query('rollback');
  expect(lines).toEqual([]);
});

it('a wait for another server is logged, and ends with the connection that has the lock', async () => {
  await other.query(TAKE_LOCK);
  const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
  await expect(migrate(database.connection, { patience: SHORT, log })).rejects.toThrow(
    'The database is still being migrated by another server, after 3 attempts to have a turn. Wait for it; when none ' +
      `is at work, a pooler has kept its lock: select pg_terminate_backend(${rows[0]?.pid}).`,
  );
  expect(lines).toEqual(
    [1, 2, 3].map(
      (attempt) => `Another server is migrating the database: waiting for it, attempt ${attempt} of 3.`,
    ),
  );
  expect(await database.query(`select from pg_namespace where nspname = 'drizzle'`)).toEqual([]);
});

it('a server that has waited reads the journal behind the lock, and repeats no migration', async () => {
  await other.query(TAKE_LOCK);
  const waits = Promise.withResolvers<void>();
  onLine = () => waits.resolve();
  const late = migrate(database.connection, { patience: { ...SHORT, attempts: 1_000 }, log });
  await waits.promise;
  await other.query('select pg_advisory_unlock_all()');
  await Promise.all([late, migrate(database.connection, { log }), migrate(database.connection, { log })]);
  const applied = await database.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations');
  expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length);
  const fresh = await TestDatabase.create();
  expect(await catalogueOf(database)).toEqual(await catalogueOf(fresh));
  await fresh.drop();
});

it('time limits and isolation level of the role do not abort a migration', async () => {
  const { database: name } = database.connection;
  await database.query(`alter database ${name} set statement_timeout = 200`);
  await database.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
  await other.query(TAKE_LOCK);
  onLine = (line) => {
    lines.push(line);
    void other.query('select pg_advisory_unlock_all()');
  };
  await migrate(database.connection, { patience: { ...SHORT, lockTimeout: 400 }, log });
  expect(lines).toHaveLength(1);
});
