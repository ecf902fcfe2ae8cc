import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { logIn } from './demo.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterEach(cleanUp);
afterAll(() => database.drop());

const development = () => ({ DATABASE_URL: urlOf(database.connection) });
const production = () => ({
  ...development(),
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
});
const refused = (emails: string) =>
  `The database of DATABASE_URL has demo accounts with the demo password (${emails}). ` +
  'Use a database without them, or start in development, log in, and delete them or change their passwords.';

it('production does not start while somebody can log in with a demo password', async () => {
  expect(await ServerProcess.run(development(), { program: 'seed' })).toMatchObject({ status: 0 });
  expect(await refusal(production())).toBe(
    refused('user1@example.com, user2@example.com, user3@example.com'),
  );

  const server = await ServerProcess.start(development());
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
  expect(await refusal(production())).toBe(refused('user3@example.com'));

  await database.query(`update users set password_hash = 'none' where email = 'user3@example.com'`);
  await ServerProcess.start(production());
});

it('nor when such an account was made by hand', async () => {
  await database.query('truncate users cascade');
  const server = await ServerProcess.start(development());
  const body = { email: 'User2@Example.com', password: 'Password123!', displayName: 'Somebody' };
  expect((await callApi(server.url, 'POST', '/auth/signup', { body })).status).toBe(201);
  await server.stop();
  expect((await refusal(production())).toLowerCase()).toBe(refused('user2@example.com').toLowerCase());
});
