import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from './support.js';

const it = apiTest.extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '12' });

const unknown = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, () => [crypto.randomUUID(), 0]));

it('ten conversations count as a request, whatever else is sent', async ({ server }) => {
  const { token } = await server.signUp();
  const ask = (since: unknown) => server.call('POST', '/chat/changes', { token, body: { since } });
  expect((await ask(unknown(50))).status).toBe(200);
  expect((await ask(unknown(1))).status).toBe(200);
  expect(refusal(await ask(null))).toBe('400 VALIDATION_FAILED');
  expect(refusal(await ask(unknown(1_000)))).toBe('400 VALIDATION_FAILED');
  expect(refusal(await ask(unknown(11)))).toBe('429 RATE_LIMITED');
});
