import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { DatabaseClient } from './database-client.js';
import { HostList } from './host-list.js';

let postgres: TestDatabase;
let database: Database;

beforeEach(async () => {
  Logger.overrideLogger(false);
  postgres = await TestDatabase.create();
  await postgres.query('create table kept (what text)');
  database = new Database(postgres.connection, 2);
});
afterEach(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

const REFUSAL = {
  code: 'UNAVAILABLE',
  details: [{ path: 'database', message: 'The database only reads.' }],
  outcome: undefined,
};
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const allowWrites = (allowed: boolean) =>
  postgres.query(
    `alter database ${postgres.connection.database} set default_transaction_read_only = ${allowed ? 'off' : 'on'}`,
  );
const write = (what: string) => database.execute({ text: 'insert into kept values ($1)', values: [what] });
const read = () => database.execute({ text: 'select what from kept' });

it('a server that only reads is no server, for reading neither, until it writes again', async () => {
  await allowWrites(false);
  const all = [
    database.pingDatabase(),
    write('a'),
    read(),
    database.runInTransaction(read),
    database.snapshot(read),
  ];
  expect(await Promise.all(all.map(failure))).toEqual(all.map(() => expect.objectContaining(REFUSAL)));
  // The database itself still accepts a change of this setting, because the session asks for it explicitly.
  await postgres.query(
    'begin read write; alter database ' + postgres.connection.database + ' reset all; commit',
  );
  await write('b');
  await database.pingDatabase();
  expect(await read()).toEqual([{ what: 'b' }]);
});

it('of several hosts one that only reads is left for the next', async () => {
  const { user, host, port, database: name } = postgres.connection;
  const address = `postgres://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  const hosts = new HostList([address, 'postgres://elsewhere']);
  const client = new DatabaseClient({ hosts });
  await client.connect();
  await client.requireWritable();
  expect(hosts.current).toBe(address);
  await client.query('set default_transaction_read_only = on');
  expect(await failure(client.requireWritable())).toMatchObject(REFUSAL);
  expect(hosts.current).toBe('postgres://elsewhere');
  await client.end();
});

it('a connection on which nothing can be written any more leaves the pool after that answer', async () => {
  await read();
  // As after a reload of the settings: the server reports the change with the next answer.
  await database.execute({ text: `set default_transaction_read_only = on` });
  expect(await failure(write('a'))).toBeNull();
  expect(await read()).toEqual([{ what: 'a' }]);
});

it('a connection that has turned out to be read-only is dropped, and the write is done on another', async () => {
  const before = await database.execute({ text: 'select pg_backend_pid()' });
  let begun = 0;
  await database.runInTransaction(async () => {
    begun += 1;
    // Only the refusal reports it, as behind a pooler.
    if (begun === 1) await database.execute({ text: 'set transaction read only' });
    await write('once');
  });
  expect(begun).toBe(2);
  expect(await read()).toEqual([{ what: 'once' }]);
  expect(await database.execute({ text: 'select pg_backend_pid()' })).not.toEqual(before);
});

it('a connection is used for its lifetime, less a third at most, and then no longer', async () => {
  const pids = new Set<unknown>();
  const begun = performance.now();
  const brief = new Database(postgres.connection, 2, { lifetime: 60 });
  for (let attempt = 0; attempt < 10_000 && pids.size < 4; attempt += 1) {
    const [row] = await brief.execute({ text: 'select pg_backend_pid() as pid, pg_sleep(0.002)' });
    pids.add(row?.['pid']);
  }
  await brief.onApplicationShutdown();
  expect(pids.size).toBe(4);
  // At most one fails for each lane before the later ones succeed.
  expect(performance.now() - begun).toBeGreaterThan(40);
});
