import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { refusal } from '../http/support.js';
import { type Login, PASSWORD, post, signUp } from './support.js';

let server: TestServer;
let ada: Login;

beforeAll(async () => {
  server = await TestServer.start();
  ada = await signUp(server);
});
afterAll(() => server.stop());

it('more logins than may wait are refused with the time to wait, and it goes on', async () => {
  // The sessions of these logins displace each other; those of others stay.
  const eve = await signUp(server);
  const login = () => post(server, '/auth/login', { email: ada.email, password: PASSWORD });
  const answers = await Promise.all(Array.from({ length: 300 }, login));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(300 - 64);
  for (const each of refused) expect(['429 RATE_LIMITED', '503 UNAVAILABLE']).toContain(refusal(each));
  for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  // Who needs no hash is served all the while, and afterwards everybody is.
  expect((await server.call('GET', '/users/me', { token: eve.token })).status).toBe(200);
  expect((await login()).status).toBe(200);
});

it('a refused signup leaves no account behind', async () => {
  const signup = (n: number) =>
    post(server, '/auth/signup', { email: `crowd-${n}@example.com`, password: PASSWORD, displayName: 'C' });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => signup(n)));
  const created = answers.filter(({ status }) => status === 201);
  expect(created.length).toBeLessThan(200);
  const rows = await server.database.query("select from users where email like 'crowd-%'");
  expect(rows).toHaveLength(created.length);
  const sessions = await server.database.query(
    "select from sessions s join users u on u.id = s.user_id where email like 'crowd-%'",
  );
  expect(sessions).toHaveLength(created.length);
});
