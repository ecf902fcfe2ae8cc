import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseProxy } from '../../../../../test/support/database-proxy.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { StartupError } from '../config/startup.error.js';
import { migrate } from './migrate.js';
import { seedDemoData } from './seed.dev.js';
import { withClient } from './with-client.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.empty();
});
afterAll(() => database.drop());

const PATIENCE = { lockTimeout: 50, pause: 20, attempts: 3 };

it('the error of a statement of a start is reported in one line, however it was sent', async () => {
  const refused = seedDemoData(database.connection);
  await expect(refused).rejects.toThrow(StartupError);
  await expect(refused).rejects.toThrow(
    /^DATABASE_URL cannot be used as it is: relation "users" does not exist \(42P01\)\.$/,
  );
});

it('a connection that PostgreSQL closes is reported with its reason', async () => {
  const ended = withClient(database.connection, (client) =>
    client.query('select pg_terminate_backend(pg_backend_pid())'),
  );
  await expect(ended).rejects.toThrow(
    'DATABASE_URL cannot be used as it is: terminating connection due to administrator command (57P01).',
  );
});

it('a lost connection is reported, in the middle of a migration too', async () => {
  const proxy = await DatabaseProxy.open(database);
  const cut = proxy.cutAt('pg_advisory_xact_lock', 'after');
  const lost = migrate(proxy.connection, { patience: PATIENCE });
  await expect(lost).rejects.toThrow(StartupError);
  await expect(lost).rejects.toThrow(
    'DATABASE_URL does not answer any more: Connection terminated unexpectedly.',
  );
  await cut;
  await proxy.close();
});

it('a failure of the work itself is not taken for one of the database', async () => {
  const failure = new Error('ours');
  await expect(withClient(database.connection, () => Promise.reject(failure))).rejects.toBe(failure);
});
