import { expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestServer } from '../../support/test-server.js';
import { refusal } from '../http/support.js';
import { ask, newAddress } from '../rate-limits/callers.js';
import { PASSWORD, signUp } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { TRUST_PROXY: '1' })
  .extend('ada', PER_FILE, ({ server }) => signUp(server));

const post = (to: TestServer, path: string, body: object, from = newAddress()): Promise<ApiAnswer> =>
  ask(to, path, { method: 'POST', from, body: JSON.stringify(body) });

it('more logins than may wait are refused with Retry-After, and the others are served', async ({
  server,
  ada,
}) => {
  // Their sessions replace each other, and no session of another user.
  const eve = await signUp(server);
  const login = () => post(server, '/auth/login', { email: eve.email, password: PASSWORD });
  const answers = await Promise.all(Array.from({ length: 150 }, login));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(150 - 64);
  for (const each of refused) expect(['429 RATE_LIMITED', '503 UNAVAILABLE']).toContain(refusal(each));
  for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  // Requests without a hash are served meanwhile, and afterwards all are.
  expect((await server.call('GET', '/users/me', { token: ada.token })).status).toBe(200);
  expect((await post(server, '/auth/login', { email: ada.email, password: PASSWORD })).status).toBe(200);
});
