import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { connectionOf } from './open-database.js';
import { withClient } from './with-client.js';

let postgres: TestDatabase;
let proxies: [DatabaseProxy, DatabaseProxy];
beforeAll(async () => {
  postgres = await TestDatabase.create();
  proxies = [await DatabaseProxy.open(postgres), await DatabaseProxy.open(postgres)];
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
  await postgres.drop();
});

const address = () => {
  const { user, database } = postgres.connection;
  const hosts = proxies.map(({ connection }) => `127.0.0.1:${connection.port}`);
  return `postgres://${user}@${hosts.join(',')}/${database}`;
};

it('of several hosts the one that answers is used, at the start and later', async () => {
  const [first, second] = proxies;
  first.refuse();
  const connection = connectionOf(address());
  await withClient(connection, async (client) => {
    expect(client.port).toBe(second.connection.port);
  });
  const database = new Database(connection, 2);
  await database.pingDatabase();
  second.refuse();
  await first.listen();
  await vi.waitFor(() => database.pingDatabase(), { interval: 5, timeout: 10_000 });
  await database.onApplicationShutdown();
});

it('when none does, the fault of one of them is reported', async () => {
  const [first, second] = proxies;
  first.refuse();
  second.refuse();
  await expect(withClient(connectionOf(address()), async () => undefined)).rejects.toThrow(
    /^DATABASE_URL cannot be reached: /,
  );
});
