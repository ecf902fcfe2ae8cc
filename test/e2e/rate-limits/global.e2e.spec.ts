import { afterEach, describe, expect, vi } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { ask, newAddress, signUpFrom, statuses } from './callers.js';

const OK5 = [200, 200, 200, 200, 200];

const it = apiTest.extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '5', TRUST_PROXY: '1' });

afterEach(() => vi.useRealTimers());

describe('the global throttler', () => {
  it('is one counter over all routes, whatever they answer', async ({ server }) => {
    const from = newAddress();
    const json = { method: 'POST', from, body: '{}' };
    expect((await ask(server, '/posts', { from })).status).toBe(200);
    expect((await ask(server, '/chat/conversations', { from })).status).toBe(401);
    expect((await ask(server, '/auth/refresh', json)).status).toBe(400);
    expect((await ask(server, '/api/docs-json', { from })).status).toBe(200);
    expect((await ask(server, '/api/docs', { from })).status).toBe(200);
    for (const path of ['/posts', '/chat/conversations', '/api/docs', '/api/docs-json', '/users/me']) {
      expect((await ask(server, path, { from })).status).toBe(429);
    }
    expect((await ask(server, '/auth/refresh', json)).status).toBe(429);
  });

  it('has the usual error shape with Retry-After', async ({ server }) => {
    const from = newAddress();
    await statuses(server, 5, { from });
    const { headers, body } = await ask(server, '/posts?page=1', { from });
    expect(body).toMatchObject({
      statusCode: 429,
      error: 'Too Many Requests',
      code: 'RATE_LIMITED',
      path: '/posts',
      details: [],
    });
    expect(headers.get('retry-after')).toMatch(/^(60|[1-5]?\d)$/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('refuses before 401, 403 and 400, but after an unknown route and an unreadable body', async ({
    server,
  }) => {
    const from = newAddress();
    const { token } = await signUpFrom(server, newAddress());
    await statuses(server, 5, { from });
    await statuses(server, 5, { token });
    const post = (body: string, contentType = 'application/json') =>
      ask(server, '/auth/refresh', { method: 'POST', from, body, contentType });
    expect((await ask(server, '/chat/conversations', { from })).body.code).toBe('RATE_LIMITED');
    expect((await ask(server, '/chat/conversations/not-a-uuid', { token })).body.code).toBe('RATE_LIMITED');
    expect((await ask(server, '/posts?page=zero', { from })).body.code).toBe('RATE_LIMITED');
    expect((await post('{}')).body.code).toBe('RATE_LIMITED');
    expect((await ask(server, '/nowhere', { from })).body.code).toBe('ROUTE_NOT_FOUND');
    expect((await post('{"')).body.code).toBe('MALFORMED_JSON');
    expect((await post('hello', 'text/plain')).body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect((await post(`"${'x'.repeat(102_400)}"`)).body.code).toBe('PAYLOAD_TOO_LARGE');
  });

  it('counts a user wherever the requests come from', async ({ server }) => {
    const { token } = await signUpFrom(server, newAddress());
    for (const status of OK5) {
      expect((await ask(server, '/posts', { token, from: newAddress() })).status).toBe(status);
    }
    expect((await ask(server, '/posts', { token, from: newAddress() })).status).toBe(429);
  });

  it('does not affect others at the same address', async ({ server }) => {
    const from = newAddress();
    const ada = await signUpFrom(server, newAddress());
    const grace = await signUpFrom(server, newAddress());
    expect(await statuses(server, 6, { from, token: ada.token })).toEqual([...OK5, 429]);
    expect(await statuses(server, 6, { from, token: grace.token })).toEqual([...OK5, 429]);
    expect(await statuses(server, 6, { from })).toEqual([...OK5, 429]);
  });

  it('counts a bad token by address, so that changing it does not help', async ({ server }) => {
    const from = newAddress();
    for (const [index, status] of OK5.entries()) {
      expect((await ask(server, '/posts', { from, token: `bad-${index}` })).status).toBe(status);
    }
    expect((await ask(server, '/posts', { from, token: 'bad-6' })).status).toBe(429);
  });

  it('counts a /64 of IPv6 as one address', async ({ server }) => {
    for (const host of [1, 2, 3, 4, 5]) {
      expect((await ask(server, '/posts', { from: `2001:db8:0:1::${host}` })).status).toBe(200);
    }
    expect((await ask(server, '/posts', { from: '2001:db8:0:1:ffff::6' })).status).toBe(429);
    expect((await ask(server, '/posts', { from: '2001:db8:0:2::1' })).status).toBe(200);
  });

  it('does not count /health', async ({ server }) => {
    const from = newAddress();
    for (let round = 0; round < 4; round += 1) {
      for (const path of ['/health', '/health/live', '/health/ready', '/health?x=1']) {
        expect((await ask(server, path, { from })).status).toBe(200);
      }
    }
    expect(await statuses(server, 6, { from })).toEqual([...OK5, 429]);
    expect((await ask(server, '/health', { from })).status).toBe(200);
  });

  it('starts at 0 after a minute', async ({ server }) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const from = newAddress();
    expect(await statuses(server, 6, { from })).toEqual([...OK5, 429]);
    vi.advanceTimersByTime(59_000);
    const { status, headers } = await ask(server, '/posts', { from });
    expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    vi.advanceTimersByTime(1_000);
    expect(await statuses(server, 6, { from })).toEqual([...OK5, 429]);
  });
});
