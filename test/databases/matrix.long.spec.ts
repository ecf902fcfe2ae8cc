import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../src/arch/common/infrastructure/database/connection.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { connectionOf } from '../../src/arch/common/infrastructure/database/open-database.js';
import { requireFittingDatabase } from '../../src/arch/common/infrastructure/database/require-fitting-database.js';
import { requireTableRights } from '../../src/arch/common/infrastructure/database/require-table-rights.js';
import { TestServer } from '../support/test-server.js';
import { PgBouncer } from '../support/pgbouncer.js';
import { FailoverPostgres } from '../support/failover-postgres.js';
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.js';
import { mainFlow } from './main-flow.js';
import { type Cluster, localeRows, ownDatabase, type Row } from './row.js';

let debian: DebianPostgres | string;
beforeAll(async () => {
  debian = await startDebianPostgres();
});
const missing: string[] = [];
const poolers: PgBouncer[] = [];
afterAll(async () => {
  for (const pooler of poolers) await pooler.stop();
  if (typeof debian !== 'string') await debian.stop();
  for (const line of missing) process.stderr.write(`NOT RUN on this machine: ${line}\n`);
});

const ours = (): Cluster => ({ ...inject('postgres'), database: 'postgres', ssl: false });
const theirs = (): Cluster | string => (typeof debian === 'string' ? debian : debian.connection);
const turkish = (): Cluster | string =>
  typeof debian === 'string' ? debian : (debian.withoutTurkish ?? debian.connection);

const set = (name: string, settings: string[], rest: Partial<Row> = {}) =>
  ownDatabase(ours, name, { options: `encoding 'UTF8'`, settings, ...rest });

/** The same database through a pooler, which `works` uses with two nodes. */
const pooled = (pool_mode: string, settings: string[] = [], rest: Partial<Row> = {}): Row => {
  const row = set(
    `PgBouncer in ${pool_mode} mode${settings.length > 0 ? ', datestyle German' : ''}`,
    settings,
    {
      nodes: 2,
      ...rest,
    },
  );
  return {
    ...row,
    prepare: async () => {
      const connection = await row.prepare();
      if (typeof connection === 'string' || !('host' in connection)) return connection;
      const pooler = await PgBouncer.start({ connection: { ...connection, ssl: false } }, { pool_mode });
      poolers.push(pooler);
      return pooler.connection;
    },
  };
};
const GERMAN = [`alter role ROLE set datestyle = 'German'`];

const ROWS: readonly Row[] = [
  ...localeRows(ours, 'embedded'),
  set(
    'isolation repeatable read',
    [`alter role ROLE set default_transaction_isolation = 'repeatable read'`],
    {
      nodes: 2,
    },
  ),
  set('isolation serializable', [`alter database DB set default_transaction_isolation = 'serializable'`], {
    nodes: 2,
  }),
  set('datestyle German, and all that reads otherwise', [
    `alter role ROLE set datestyle = 'German'`,
    `alter role ROLE set timezone = 'Africa/Monrovia'`,
    `alter role ROLE set intervalstyle = 'iso_8601'`,
    `alter role ROLE set bytea_output = 'escape'`,
    `alter role ROLE set extra_float_digits = -5`,
  ]),
  set('strings and arrays that are read otherwise', [
    `alter database DB set standard_conforming_strings = off`,
    `alter database DB set array_nulls = off`,
  ]),
  set('search_path to a schema of its own', [
    'create schema chat authorization ROLE',
    'alter role ROLE set search_path = chat',
  ]),
  set('search_path to nothing', ['alter role ROLE set search_path = nowhere'], {
    refusal: /the schemas of search_path \(nowhere\) are not there, .* ALTER ROLE \S+ SET search_path = …\.$/,
  }),
  set('no CREATE right', ['alter database DB owner to current_user'], {
    refusal: /may not make tables in the schema public, .* GRANT CREATE ON SCHEMA "public" TO \S+\.$/,
  }),
  set('read-only', ['alter role ROLE set default_transaction_read_only = on'], {
    refusal: /it only reads \(default_transaction_read_only is on\)\. .* ALTER ROLE \S+ SET .* = off\.$/,
  }),
  set('time limits of a role', [
    `alter role ROLE set statement_timeout = '1s'`,
    `alter role ROLE set lock_timeout = '1s'`,
    `alter role ROLE set idle_session_timeout = '5s'`,
  ]),
  pooled('session'),
  pooled('session', GERMAN, { nodes: 1 }),
  pooled('transaction'),
  pooled('transaction', GERMAN, {
    refusal: /its DateStyle is German, DMY and cannot be set .* ALTER ROLE \S+ SET DateStyle = 'ISO, MDY'\.$/,
  }),
  ...localeRows(theirs, 'Debian'),
  ownDatabase(theirs, 'Debian, C.UTF-8', { options: `encoding 'UTF8' locale 'C.UTF-8'` }),
  ownDatabase(turkish, 'Debian, tr_TR of libc', { options: `encoding 'UTF8' locale 'tr_TR.UTF-8'` }),
];

/** The first steps of `startServer`. */
async function start(connection: ConnectionSettings): Promise<void> {
  await requireFittingDatabase(connection);
  await migrate(connection);
  await requireTableRights(connection);
}

async function works(connection: ConnectionSettings, nodes: 1 | 2 = 1): Promise<void> {
  await start(connection);
  const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';
  const node = () => TestServer.start({ JWT_ACCESS_SECRET }, async () => connection as never);
  const servers: [TestServer, ...TestServer[]] = [await node()];
  if (nodes === 2) servers.push(await node());
  try {
    await mainFlow(servers);
  } finally {
    for (const server of servers) await server.stop();
  }
}

describe('everything works, or the start ends with one line that names the cause', () => {
  it.concurrent.each(ROWS)('$name', async ({ name, prepare, refusal, nodes }) => {
    const connection = await prepare();
    if (typeof connection === 'string') return void missing.push(`${name} (${connection})`);
    if (!refusal) return works(connection, nodes);
    const failure: unknown = await start(connection).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StartupError', message: expect.stringMatching(refusal) });
    expect((failure as Error).message).toMatch(/^DATABASE_URL leads to a database that will not do: [^\n]+$/);
  });

  it.concurrent('a standby, its primary when both are named, and itself once it is promoted', async () => {
    const pair = await FailoverPostgres.start();
    try {
      await expect(start(pair.standby)).rejects.toThrow(/it only reads, as its server is a standby/);
      const { standby, primary } = pair;
      const hosts = `host=${standby.host},${primary.host}&port=${primary.port}`;
      await start(connectionOf(`postgres://${primary.user}@/${primary.database}?${hosts}`));
      await pair.stopPrimary();
      await pair.promote();
      await works(pair.standby);
    } finally {
      await pair.stop();
    }
  });
});
