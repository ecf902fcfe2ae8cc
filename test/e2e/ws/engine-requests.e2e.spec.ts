import { describe, expect } from 'vitest';
import { apiTest as test } from '../../support/api-test.js';
import { RawPolling } from './raw-polling.js';

describe('the path without a slash at its end', () => {
  test.for([['polling'], ['websocket']] as const)('serves %s', async ([transport], { connect, user }) => {
    const socket = await connect(user, {
      addTrailingSlash: false,
      transports: [transport],
    });
    expect(await socket.emit('join_all')).toMatchObject({ ok: true });
  });

  test.for(['/socket.iox?EIO=4&transport=polling', '/socket.io.js', '/x/socket.io?EIO=4&transport=polling'])(
    '%s is another, and is unknown',
    async (path, { server }) => {
      expect(await server.call('GET', path)).toMatchObject({
        status: 404,
        body: { code: 'ROUTE_NOT_FOUND' },
      });
    },
  );
});

describe('JSONP is refused', () => {
  const path = '/socket.io/?EIO=4&transport=polling';

  test.for(['j=0', 'j=', 'j=0&j=1', '%6A=0'])('with %s at the handshake', async (parameter, { server }) => {
    expect(await server.call('GET', `${path}&${parameter}`)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', details: [{ path: 'j', message: 'JSONP is not supported' }] },
    });
  });

  test('within a session', async ({ server }) => {
    const raw = await RawPolling.open(server.url);
    const response = await fetch(`${raw.address}&j=0`, { method: 'POST', body: 'd=4' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/json; charset=utf-8',
    ]);
    expect(await raw.post('3')).toBe(200);
  });
});

test.for(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])(
  '%s within a session is not taken',
  async (method, { server }) => {
    const raw = await RawPolling.open(server.url);
    expect((await fetch(raw.address, { method })).status).toBe(405);
    expect(await raw.post('3')).toBe(200);
  },
);
