import { afterAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { logIn } from './demo.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

const databases: TestDatabase[] = [];
afterAll(async () => {
  await cleanUp();
  await Promise.all(databases.map((database) => database.drop()));
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await TestDatabase.create();
  databases.push(database);
  return database;
}

const development = ({ connection }: TestDatabase) => ({ DATABASE_URL: urlOf(connection) });
const production = (database: TestDatabase) => ({
  ...development(database),
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
});
const refused = (emails: string) =>
  `The database of DATABASE_URL has demo accounts with the demo password (${emails}). ` +
  'Use a database without them, or start in development, log in, and delete them or change their passwords.';

it.concurrent('production does not start while somebody can log in with a demo password', async () => {
  const database = await newDatabase();
  expect(await ServerProcess.run(development(database), { program: 'seed' })).toMatchObject({ status: 0 });
  expect(await refusal(production(database))).toBe(
    refused([1, 2, 3, 4, 5, 6].map((user) => `user${user}@example.com`).join(', ')),
  );

  const server = await ServerProcess.start(development(database));
  const password = 'Password123!';
  const changed = await callApi(server.url, 'POST', '/auth/change-password', {
    token: await logIn(server.url, 1),
    body: { currentPassword: password, newPassword: 'quite another one' },
  });
  const deleted = await callApi(server.url, 'DELETE', '/users/me', {
    token: await logIn(server.url, 2),
    body: { password },
  });
  expect([changed.status, deleted.status]).toEqual([204, 204]);
  await server.stop();
  expect(await refusal(production(database))).toBe(
    refused('user3@example.com, user4@example.com, user5@example.com, user6@example.com'),
  );

  await database.query(
    `update users set password_hash = 'none' where email >= 'user3@' and email < 'user7@'`,
  );
  await ServerProcess.start(production(database));
});

it.concurrent('production does not start when such an account was created by hand', async () => {
  const database = await newDatabase();
  const server = await ServerProcess.start(development(database));
  const body = { email: 'User2@Example.com', password: 'Password123!', displayName: 'Somebody' };
  expect((await callApi(server.url, 'POST', '/auth/signup', { body })).status).toBe(201);
  await server.stop();
  expect((await refusal(production(database))).toLowerCase()).toBe(
    refused('user2@example.com').toLowerCase(),
  );
});
