import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StartupError } from '../../../src/arch/common/infrastructure/config/startup.error.js';
import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { WAITS } from '../../../src/arch/common/infrastructure/database/lanes.js';
import { migrate } from '../../../src/arch/common/infrastructure/database/migrate.js';
import { requireFittingDatabase } from '../../../src/arch/common/infrastructure/database/require-fitting-database.js';
import { PgBouncer } from '../../support/pgbouncer.js';
import { TestDatabase } from '../../support/test-database.js';
import { TestServer } from '../../support/test-server.js';

const BOUND = `${WAITS.general.lock}ms`;
const MODES = ['session', 'transaction'] as const;

describe.each(MODES)('behind PgBouncer in %s mode', (pool_mode) => {
  let postgres: TestDatabase;
  let bouncer: PgBouncer;
  beforeAll(async () => {
    postgres = await TestDatabase.empty();
    bouncer = await PgBouncer.start(postgres, { pool_mode });
  });
  afterAll(async () => {
    await bouncer.stop();
    await postgres.drop();
  });

  it('a database will do, is migrated, and each further start finds no lock', async () => {
    for (const _ of [1, 2, 3]) {
      await requireFittingDatabase(bouncer.connection);
      await migrate(bouncer.connection, { log: { warn: (line) => expect.unreachable(line) } });
    }
    expect(await postgres.query(`select from pg_locks where locktype = 'advisory'`)).toEqual([]);
  });

  it('session settings apply to the connections of the server, and to no other client', async () => {
    await migrate(bouncer.connection);
    const database = new Database(bouncer.connection, 4);
    const lockTimeout = `select current_setting('lock_timeout') as bound`;
    const inTransaction = database.runInTransaction(() => database.execute({ text: lockTimeout }));
    expect(await inTransaction).toEqual([{ bound: BOUND }]);
    const alone = await database.execute({ text: lockTimeout });
    expect(alone).toEqual([{ bound: pool_mode === 'session' ? BOUND : '0' }]);
    const isolation = `select current_setting('transaction_isolation') as level`;
    expect(await database.snapshot(() => database.execute({ text: isolation }))).toEqual([
      { level: 'repeatable read' },
    ]);
    const other = new Client(bouncer.connection);
    await other.connect();
    expect((await other.query(lockTimeout)).rows).toEqual([{ bound: '0' }]);
    await other.end();
    await database.onApplicationShutdown();
  });
});

it('bounds of a role do not cut a migration, also in transaction mode', async () => {
  const postgres = await TestDatabase.empty();
  const { database } = postgres.connection;
  await postgres.query(`alter database ${database} set statement_timeout = 200`);
  await postgres.query(`alter database ${database} set default_transaction_isolation = 'repeatable read'`);
  const bouncer = await PgBouncer.start(postgres, { pool_mode: 'transaction' });
  const other = new Client(postgres.connection);
  await other.connect();
  // The lock of earlier versions, which they held as long as their connection lasted.
  await other.query('select pg_advisory_lock(6283185)');
  let waits = 0;
  const warn = () => {
    waits += 1;
    void other.query('select pg_advisory_unlock_all()');
  };
  const patience = { lockTimeout: 400, pause: 20, attempts: 3 };
  await migrate(bouncer.connection, { patience, log: { warn } });
  expect(waits).toBe(1);
  await other.end();
  await bouncer.stop();
  await postgres.drop();
});

describe.each(MODES)('a server behind PgBouncer in %s mode', (pool_mode) => {
  let server: TestServer;
  let bouncer: PgBouncer;
  beforeAll(async () => {
    server = await TestServer.start({}, async (database) => {
      bouncer = await PgBouncer.start(database, { pool_mode });
      return bouncer.connection;
    });
  });
  afterAll(async () => {
    await server.stop();
    await bouncer.stop();
  });

  it('everything works: accounts, sends at once, pages, searches', async () => {
    const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
    const id = await server.createConversation(ada, [bob]);
    const sends = Array.from({ length: 60 }, (_, index) =>
      server.call('POST', `/chat/conversations/${id}/messages`, {
        token: (index % 2 === 0 ? ada : bob).token,
        body: { content: `message ${index}` },
      }),
    );
    expect(new Set((await Promise.all(sends)).map(({ status }) => status))).toEqual(new Set([201]));
    const reads = [
      `/chat/conversations/${id}/messages?limit=100`,
      `/chat/conversations`,
      `/chat/conversations/${id}`,
      '/users?search=ada',
      '/health/ready',
    ];
    const answers = await Promise.all(
      reads.flatMap((path) => [1, 2, 3, 4].map(() => server.call('GET', path, { token: ada.token }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers[0]?.body.data).toHaveLength(60);
  });
});

describe('statements', () => {
  let postgres: TestDatabase;
  let lines: string[];
  beforeAll(async () => {
    postgres = await TestDatabase.create();
  });
  afterAll(() => postgres.drop());
  beforeEach(() => {
    lines = [];
    const keep = (line: string) => lines.push(line);
    Logger.overrideLogger({ log: keep, warn: keep, error: keep });
  });
  afterEach(() => Logger.overrideLogger(false));

  /** The names of the prepared statements in the sessions of PostgreSQL. */
  async function preparedNames(settings: Record<string, string>, prepared = true): Promise<string[]> {
    const bouncer = await PgBouncer.start(postgres, settings);
    const database = new Database(bouncer.connection, 2, { prepared });
    await database.pingDatabase();
    const rows = await database.execute<{ name: string }>({
      name: 'named',
      text: 'select name from pg_prepared_statements order by name',
    });
    await database.onApplicationShutdown();
    await bouncer.stop();
    return rows.map(({ name }) => name);
  }

  it('are prepared in session mode, unless they are not to be', async () => {
    expect(await preparedNames({ pool_mode: 'session' })).toEqual(['database_epoch', 'named']);
    expect(await preparedNames({ pool_mode: 'session' }, false)).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('are not prepared where the pooler shares sessions and keeps no names, and the log names the setting', async () => {
    expect(await preparedNames({ pool_mode: 'transaction' })).toEqual([]);
    expect(lines).toEqual([
      'PostgreSQL is behind a pooler in transaction mode: each transaction sets what it needs, statements are not prepared.',
      expect.stringMatching(
        /ALTER ROLE \w+ SET lock_timeout = '250ms'; ALTER ROLE \w+ SET statement_timeout = '10s';$/,
      ),
    ]);
  });

  it('of a role that has bounds of its own are not warned of', async () => {
    const { database } = postgres.connection;
    await postgres.query(`alter database ${database} set lock_timeout = '1s'`);
    await postgres.query(`alter database ${database} set statement_timeout = '5s'`);
    await preparedNames({ pool_mode: 'transaction' });
    expect(lines).toHaveLength(1);
  });
});

/** The result of a start on a database behind PgBouncer with these settings. */
async function refusal(settings: Record<string, string>, ...statements: string[]): Promise<string> {
  const postgres = await TestDatabase.create();
  for (const statement of statements) {
    await postgres.query(`alter database ${postgres.connection.database} ${statement}`);
  }
  const bouncer = await PgBouncer.start(postgres, settings);
  const error = await requireFittingDatabase(bouncer.connection).then(
    () => null,
    (failure: unknown) => failure,
  );
  await bouncer.stop();
  await postgres.drop();
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}

describe('a start ends with one line that names the setting', () => {
  it('when the role has a setting that changes answers, and each session is given on', async () => {
    expect(await refusal({ pool_mode: 'transaction' }, `set datestyle = 'German'`)).toMatch(
      /its DateStyle is German, DMY and cannot be set .* ALTER ROLE \w+ SET DateStyle = 'ISO, MDY'\.$/,
    );
  });

  it('when the pooler has no transactions', async () => {
    expect(await refusal({ pool_mode: 'statement' })).toBe(
      'DATABASE_URL cannot be used as it is: transaction blocks not allowed in statement pooling mode (08P01).',
    );
  });
});
