import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusedConnection } from '../ws/refused-connection.js';
import { disconnection, type Login, type Node, refresh, signUp, startNode } from './support.js';

const codeAt = async ({ url }: { url: string }, { token }: Login) => {
  const { status, body } = await callApi(url, 'GET', '/users/me', { token });
  return status === 200 ? '200' : `${status} ${body.code}`;
};

const refusedWithin = (node: Node, login: Login, timeout: number) =>
  vi.waitFor(async () => expect(await codeAt(node, login)).toBe('401 SESSION_REVOKED'), {
    timeout,
    interval: 50,
  });

describe('without Redis', () => {
  let server: TestServer;
  let second: Node | undefined;
  let ada: Login;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  beforeEach(async () => {
    ada = await signUp(server);
  });
  afterEach(async () => {
    await second?.app.close();
    second = undefined;
  });
  afterAll(() => server.stop());

  it('another node refuses an ended session within 5 s and cuts its sockets', async () => {
    second = await startNode(server);
    expect(await codeAt(second, ada)).toBe('200');
    const socket = await TestSocket.connect(second.url, ada.token, { reconnection: true });
    const cut = disconnection(socket);
    expect((await callApi(server.url, 'POST', '/auth/logout', { token: ada.token })).status).toBe(204);
    await refusedWithin(second, ada, 5_000);
    expect(await cut).toBe('io server disconnect');
    expect(socket.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
    expect(socket.client.active).toBe(false);
  });

  it('another node needs no time at all for the refresh token', async () => {
    second = await startNode(server);
    await callApi(server.url, 'POST', '/auth/logout', { token: ada.token });
    expect((await refresh(second, ada.refreshToken)).body.code).toBe('REFRESH_TOKEN_INVALID');
  });

  it('logging out where the end is not yet known is fine, and makes it known', async () => {
    second = await startNode(server);
    await server.database.query('update sessions set ended_at = now() where id = $1', [ada.sid]);
    const { status } = await callApi(second.url, 'POST', '/auth/logout', { token: ada.token });
    expect([204, 401]).toContain(status);
    expect(await codeAt(second, ada)).toBe('401 SESSION_REVOKED');
  });

  it('a server that starts knows the sessions that ended before', async () => {
    const going = await signUp(server);
    await callApi(server.url, 'POST', '/auth/logout', { token: ada.token });
    await server.database.query("update sessions set ended_at = ended_at - interval '14 min' where id = $1", [
      ada.sid,
    ]);
    second = await startNode(server);
    expect(await codeAt(second, ada)).toBe('401 SESSION_REVOKED');
    const { data } = await refusedConnection(`${second.url}/chat`, { auth: { token: ada.token } });
    expect(data).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await codeAt(second, going)).toBe('200');
  });

  it('20 refreshes on two nodes at once get the same successor', async () => {
    second = await startNode(server);
    const nodes = [server, second];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => refresh(nodes[n % 2] ?? server, ada.refreshToken)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  });
});

describe('with Redis', () => {
  let redis: RedisServer;
  let server: TestServer;
  let second: Node;
  beforeAll(async () => {
    redis = await startRedis();
    server = await TestServer.start({ REDIS_URL: redis.url });
    second = await startNode(server);
  });
  afterAll(async () => {
    await second.app.close();
    await server.stop();
    await redis.stop();
  });

  it('another node refuses an ended session within 1 s and cuts its sockets', async () => {
    const ada = await signUp(server);
    const socket = await TestSocket.connect(second.url, ada.token);
    const cut = disconnection(socket);
    await callApi(server.url, 'POST', '/auth/logout', { token: ada.token });
    await refusedWithin(second, ada, 1_000);
    expect(await cut).toBe('io server disconnect');
  });

  it('and within 5 s while Redis is away', async () => {
    const ada = await signUp(server);
    await redis.kill();
    expect((await callApi(server.url, 'POST', '/auth/logout', { token: ada.token })).status).toBe(204);
    await refusedWithin(second, ada, 5_000);
  });
});
