import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { Database } from './database.js';

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
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error) => error,
  );

describe('an unreachable server', () => {
  it('is reported as UnavailableError, with its cause', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const away = new Database({ ...postgres.connection, host: '127.0.0.1', port }, 2);
    for (const work of [
      away.pingDatabase(),
      away.runInTransaction(async () => undefined),
      away.transaction(async () => 1),
    ]) {
      expect(await failure(work)).toMatchObject({
        code: 'UNAVAILABLE',
        cause: expect.objectContaining({ code: 'ECONNREFUSED' }),
      });
    }
    await away.onApplicationShutdown();
  });

  it('is reported as well when it closes the connection during the TLS handshake', async () => {
    // The server accepts TLS, and closes the connection.
    const server = createServer((socket) => socket.once('data', () => socket.end('S'))).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const away = new Database({ connectionString: `postgres://a@127.0.0.1:${port}/b?sslmode=require` }, 2);
    expect(await failure(away.pingDatabase())).toMatchObject({
      code: 'UNAVAILABLE',
      cause: expect.objectContaining({ code: 'ECONNRESET' }),
    });
    await away.onApplicationShutdown();
    server.close();
    await once(server, 'close');
  });

  it('is reported as well when it refuses connections, whatever its error', async () => {
    const closed = await TestDatabase.create();
    const away = new Database(closed.connection, 2);
    const operator = new Client({ ...closed.connection, database: 'postgres' });
    await operator.connect();
    await operator.query(`alter database ${closed.connection.database} allow_connections false`);
    await operator.end();
    const work = [
      away.pingDatabase(),
      away.runInTransaction(async () => undefined),
      away.execute({ text: 'select 1' }),
    ];
    for (const error of await Promise.all(work.map(failure))) {
      // As the error of a statement, 55000 would be a defect of the server.
      const cause = expect.objectContaining({ code: '55000' });
      expect(error).toMatchObject({ code: 'UNAVAILABLE', outcome: undefined, cause });
    }
    await away.onApplicationShutdown();
    await closed.drop();
  });

  it('is used again when it is reachable', async () => {
    await expect(execute('select pg_terminate_backend(pg_backend_pid())')).rejects.toThrow(UnavailableError);
    await database.pingDatabase();
  });

  it('may end idle connections without ending this process', async () => {
    await Promise.all([database.pingDatabase(), database.pingDatabase()]);
    await postgres.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'causerie' and datname = current_database()`,
    );
    await vi.waitUntil(
      async () =>
        database.pingDatabase().then(
          () => true,
          () => false,
        ),
      { interval: 5, timeout: 5_000 },
    );
    await expect(database.pingDatabase()).resolves.toBeUndefined();
  });

  it('after the shutdown everything is unavailable', async () => {
    const closed = new Database(postgres.connection, 2);
    await closed.onApplicationShutdown();
    expect(await failure(closed.pingDatabase())).toBeInstanceOf(UnavailableError);
    expect(await failure(closed.runInTransaction(async () => undefined))).toBeInstanceOf(UnavailableError);
  });
});
