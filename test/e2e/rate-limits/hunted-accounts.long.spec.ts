import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { newAddress, signUpFrom } from './callers.js';
import { failTenTimes, logIn } from './wrong-logins.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ TRUST_PROXY: '1' });
});
afterAll(() => server.stop());

it('failed logins from a hundred addresses delay all others, except addresses with an active session', async () => {
  const home = newAddress();
  const { email } = await signUpFrom(server, home);
  for (let n = 0; n < 10; n += 1) {
    expect(await failTenTimes([server], email, newAddress())).toEqual(['INVALID_CREDENTIALS']);
  }
  const right = 'correct horse battery';
  expect((await logIn(server, email, newAddress(), right)).status).toBe(429);
  expect((await logIn(server, email, home, right)).status).toBe(200);
  const unknown = 'hunted@test.example';
  for (let n = 0; n < 10; n += 1) await failTenTimes([server], unknown, newAddress());
  expect((await logIn(server, unknown, newAddress())).status).toBe(429);
});
