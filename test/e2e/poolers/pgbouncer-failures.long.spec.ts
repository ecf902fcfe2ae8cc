import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { waitUntil } from '../../faults/wait-until.js';
import { PgBouncer } from '../../support/pgbouncer.js';
import { TestDatabase } from '../../support/test-database.js';

const IMPATIENT = { query_wait_timeout: '1', server_login_retry: '1', default_pool_size: '4' };

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe.each(['session', 'transaction'])('behind PgBouncer in %s mode', (pool_mode) => {
  let postgres: TestDatabase;
  let bouncer: PgBouncer;
  let database: Database;
  beforeEach(async () => {
    Logger.overrideLogger(false);
    postgres = await TestDatabase.create();
    await postgres.query('create table kept (what text)');
    bouncer = await PgBouncer.start(postgres, { pool_mode, ...IMPATIENT });
    database = new Database(bouncer.connection, 2);
    await write();
  });
  afterEach(async () => {
    await database.onApplicationShutdown();
    await bouncer.stop();
    await postgres.drop();
  });

  const write = () => database.execute({ text: `insert into kept values ('x')` });
  const works = () => waitUntil('a write', async () => (await failure(write())) === null, 10_000);

  it('a session that PostgreSQL ends during a transaction is reported, and replaced', async () => {
    const ended = database.runInTransaction(async () => {
      await write();
      await postgres.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await write();
    });
    expect(await failure(ended)).toMatchObject({ code: 'UNAVAILABLE', details: [{ path: 'database' }] });
    expect(await postgres.query('select from kept')).toHaveLength(1);
    await works();
  });

  it('an unavailable PostgreSQL is reported, and used again afterwards', async () => {
    bouncer.way.refuse();
    expect(await failure(write())).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await failure(database.pingDatabase())).toMatchObject({ code: 'UNAVAILABLE' });
    await bouncer.way.listen();
    await works();
  });

  it('a time-out while waiting for a session is reported, and the next session is used', async () => {
    const others = Array.from({ length: 4 }, () => new Client(bouncer.connection));
    for (const other of others) other.on('error', () => undefined);
    // In session mode one session is in use already, and the other lane needs another one.
    const [taken, refused] =
      pool_mode === 'session'
        ? [others.slice(1), () => database.pingDatabase()]
        : [others, () => database.runInTransaction(write)];
    for (const other of taken) {
      await other.connect();
      await other.query('begin');
    }
    expect(await failure(refused())).toMatchObject({ code: 'UNAVAILABLE', details: [{ path: 'database' }] });
    for (const other of taken) await other.end();
    await works();
  });
});
