import { expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';
import { ask, newAddress } from '../rate-limits/callers.js';
import { type Login, PASSWORD, signUp } from './support.js';

const it = apiTest.extend('variables', PER_FILE, { TRUST_PROXY: '1' });

const post = (to: TestServer, path: string, body: object, from = newAddress()): Promise<ApiAnswer> =>
  ask(to, path, { method: 'POST', from, body: JSON.stringify(body) });

it('a refused signup leaves no account behind', async ({ server }) => {
  const signup = (n: number) =>
    post(server, '/auth/signup', { email: `crowd-${n}@example.com`, password: PASSWORD, displayName: 'C' });
  const answers = await Promise.all(Array.from({ length: 150 }, (_, n) => signup(n)));
  const created = answers.filter(({ status }) => status === 201);
  expect(created.length).toBeLessThan(150);
  const rows = await server.database.query("select from users where email like 'crowd-%'");
  expect(rows).toHaveLength(created.length);
  const sessions = await server.database.query(
    "select from sessions s join users u on u.id = s.user_id where email like 'crowd-%'",
  );
  expect(sessions).toHaveLength(created.length);
});

it('one address that logs in as fast as it can leaves all others their turn', async ({ server }) => {
  const others: Login[] = [];
  for (let n = 0; n < 20; n += 1) others.push(await signUp(server));
  const limits = { THROTTLE_AUTH_LIMIT: '60', TRUST_PROXY: '1' };
  const fair = await TestServer.start(limits, async () => server.database.connection);
  const login = async (email: string, password: string, from?: string) =>
    (await post(fair, '/auth/login', { email, password }, from)).status;
  const greedy = Array.from({ length: 100 }, (_, n) => login(`greedy-${n}@x.io`, 'wrong', '203.0.113.1'));
  const answers = await Promise.all(others.map(({ email }) => login(email, PASSWORD)));
  expect(answers).toEqual(answers.map(() => 200));
  expect(new Set(await Promise.all(greedy))).toEqual(new Set([401, 429]));
  await fair.stop();
});
