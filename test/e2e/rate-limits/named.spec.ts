import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { ask, newAddress, signUpFrom, statuses } from './callers.js';

describe('the throttlers of some routes', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      THROTTLE_AUTH_LIMIT: '2',
      THROTTLE_REFRESH_LIMIT: '3',
      THROTTLE_UPLOAD_LIMIT: '1',
      TRUST_PROXY: '1',
    });
  });
  afterAll(() => server.stop());

  const post = (path: string, from: string, body = '{}') => ask(server, path, { method: 'POST', from, body });

  it('auth: signup and login together, and nothing else', async () => {
    const from = newAddress();
    const { email, token } = await signUpFrom(server, from);
    const credentials = JSON.stringify({ email, password: 'correct horse battery' });
    expect((await post('/auth/login', from, credentials)).status).toBe(200);
    const refused = await post('/auth/login', from, credentials);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await post('/auth/signup', from)).status).toBe(429);
    expect((await post('/auth/refresh', from)).status).toBe(400);
    expect((await ask(server, '/users/me', { from, token })).status).toBe(200);
    expect(await statuses(server, 3, { from })).toEqual([200, 200, 200]);
    expect((await post('/auth/login', newAddress(), credentials)).status).toBe(200);
  });

  it('auth: attempts that fail count as well', async () => {
    const from = newAddress();
    expect((await post('/auth/signup', from)).status).toBe(400);
    const wrong = JSON.stringify({ email: 'nobody@test.example', password: 'wrong' });
    expect((await post('/auth/login', from, wrong)).status).toBe(401);
    expect((await post('/auth/login', from, wrong)).status).toBe(429);
  });

  it('refresh: a counter of its own', async () => {
    const from = newAddress();
    const body = JSON.stringify({ refreshToken: 'unknown' });
    const answers = [401, 401, 401, 429];
    for (const status of answers) expect((await post('/auth/refresh', from, body)).status).toBe(status);
    expect((await post('/auth/login', from)).status).toBe(400);
  });

  it('upload: by user', async () => {
    const { token } = await signUpFrom(server, newAddress());
    const upload = async () => {
      const body = new FormData();
      body.append('avatar', new Blob(['not an image']), 'avatar.png');
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': newAddress() };
      return (await fetch(`${server.url}/users/me/avatar`, { method: 'POST', headers, body })).status;
    };
    expect(await upload()).toBe(415);
    expect(await upload()).toBe(429);
    expect((await ask(server, '/users/me', { token })).status).toBe(200);
  });
});
