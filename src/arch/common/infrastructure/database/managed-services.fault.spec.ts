import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import type { ReportedError } from '../../../../../test/support/error-answers.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';

type Row = [service: string, severity: ReportedError['severity'], state: string, message: string];

/**
 * Errors that an existing connection gets when a service closes, pauses or fails over: texts from the sources of
 * PgBouncer, Supavisor, PgCat and Neon; where a service has none of its own, PostgreSQL's.
 */
const OF_STATEMENTS: Row[] = [
  ['PgBouncer', 'FATAL', '08P01', 'server conn crashed?'],
  ['PgBouncer, old', 'ERROR', '08P01', 'server conn crashed?'],
  ['PgBouncer', 'FATAL', '08P01', 'query_wait_timeout'],
  ['PgBouncer', 'FATAL', '08P01', 'query timeout'],
  ['PgBouncer', 'FATAL', '08P01', 'server login has been failing, try again later (server_login_retry)'],
  ['PgBouncer, of its server', 'FATAL', '53300', 'sorry, too many clients already'],
  ['PgBouncer, of its server', 'FATAL', '57P03', 'the database system is starting up'],
  ['Supavisor', 'FATAL', 'XX000', '(EDBHANDLEREXITED) DbHandler exited. Check logs for more information'],
  [
    'Supavisor',
    'FATAL',
    'XX000',
    '(EDBHANDLEREXITED) connection to database closed. Check logs for more information',
  ],
  [
    'Supavisor',
    'FATAL',
    'XX000',
    '(ECHECKOUTTIMEOUT) Pool checkout timeout. Request was dropped after 60000ms',
  ],
  ['PgCat', 'FATAL', '58000', 'could not get connection from the pool - AllServersDown'],
  ['PgCat', 'FATAL', '58000', 'error receiving data from server: SocketError'],
  ['Neon, suspending', 'FATAL', '57P01', 'terminating connection due to administrator command'],
  [
    'Neon, full',
    'ERROR',
    '53100',
    'could not extend file because project size limit (512 MB) has been exceeded',
  ],
  [
    'Neon, storage away',
    'ERROR',
    '58030',
    'could not read relation size of rel 1663/16389/16396.0 from page server',
  ],
  ['Aurora, the former writer', 'ERROR', '25006', 'cannot execute INSERT in a read-only transaction'],
  ['RDS, failing over', 'FATAL', '57P01', 'terminating connection due to administrator command'],
  ['RDS, crashed', 'FATAL', '57P02', 'terminating connection because of crash of another server process'],
  ['Azure, full', 'ERROR', '25006', 'cannot execute INSERT in a read-only transaction'],
  ['Azure, scaling', 'FATAL', '57P01', 'terminating connection due to administrator command'],
  ['Cloud SQL, idle', 'FATAL', '57P05', 'terminating connection due to idle-session timeout'],
  ['anybody', 'FATAL', 'ZZ999', 'a code of its own'],
];

/** Errors that a new connection gets. */
const OF_CONNECTIONS: Row[] = [
  ['PgBouncer', 'FATAL', '08P01', 'no such database: causerie'],
  ['PgBouncer', 'FATAL', '08P01', 'no more connections allowed (max_client_conn)'],
  ['PgBouncer', 'FATAL', '08P01', 'pgbouncer cannot connect to server'],
  ['PgBouncer', 'FATAL', '08P01', 'client_login_timeout (server down)'],
  ['Supavisor', 'FATAL', 'XX000', 'Tenant or user not found'],
  ['Supavisor', 'FATAL', 'XX000', 'Max client connections reached'],
  ['Supavisor', 'FATAL', 'XX000', '(EMAXCLIENTSESSION) max clients reached in session mode'],
  ['Neon', 'ERROR', 'XX000', 'Control plane request failed: endpoint is disabled'],
  ['Neon', 'ERROR', 'XX000', "Couldn't connect to compute node"],
  ['RDS', 'FATAL', '53300', 'remaining connection slots are reserved for roles with the SUPERUSER attribute'],
  ['RDS, failing over', 'FATAL', '57P03', 'the database system is shutting down'],
  ['RDS Proxy', 'FATAL', '28000', 'This RDS Proxy requires TLS connections'],
  ['Azure', 'FATAL', '57P03', 'the database system is not yet accepting connections'],
  ['Azure', 'FATAL', '28000', 'no pg_hba.conf entry for host'],
  ['Cloud SQL', 'FATAL', '57P03', 'the database system is in recovery mode'],
];

/** After these it is certain that nothing was executed. */
const KNOWN = new Set(['25006', '53100', '53300', '57P03', '57P05', '58030']);

let postgres: TestDatabase;
let proxy: DatabaseProxy;
let database: Database;
beforeAll(async () => {
  Logger.overrideLogger(false);
  postgres = await TestDatabase.create();
  await postgres.query('create table kept (what text)');
  proxy = await DatabaseProxy.open(postgres);
  database = new Database(proxy.connection, 2);
});
afterEach(() => {
  proxy.answerWith(null);
  proxy.refuseWith(null);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await proxy.close();
  await postgres.drop();
});

const write = () => database.execute({ text: `insert into kept values ('x') returning what` });
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const reported = ([, severity, state, message]: Row): ReportedError => ({ severity, state, message });

describe.each(OF_STATEMENTS)('%s: %s %s, %s', (...row) => {
  const outcome = KNOWN.has(row[2]) ? undefined : 'unknown';

  it('is no internal error, for a statement and for COMMIT, and ends when the failure ends', async () => {
    await write();
    proxy.answerWith(reported(row));
    expect(await failure(write())).toMatchObject({
      code: 'UNAVAILABLE',
      details: [{ path: 'database' }],
      outcome,
    });
    proxy.answerWith(null);
    const committed = database.runInTransaction(async () => {
      await write();
      proxy.answerWith(reported(row));
    });
    expect(await failure(committed)).toMatchObject({ code: 'UNAVAILABLE' });
    proxy.answerWith(null);
    expect(await write()).toEqual([{ what: 'x' }]);
  });
});

describe.each(OF_CONNECTIONS)('%s, to a new connection: %s %s, %s', (...row) => {
  it('is no internal error, nothing was executed, and it ends when the failure ends', async () => {
    proxy.cutNow();
    proxy.refuseWith(reported(row));
    for (const _ of [1, 2, 3]) await failure(write());
    expect(await failure(write())).toMatchObject({
      code: 'UNAVAILABLE',
      details: [{ path: 'database' }],
      outcome: undefined,
    });
    proxy.refuseWith(null);
    expect(await write()).toEqual([{ what: 'x' }]);
  });
});

it('an internal error of the server itself, which continues, is reported as one', async () => {
  await write();
  proxy.answerWith({ severity: 'ERROR', state: 'XX000', message: 'tuple concurrently updated' });
  expect(await failure(write())).toMatchObject({ code: 'XX000' });
});
