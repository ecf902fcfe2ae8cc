import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { pngOf } from '../../fakes/avatar-images.js';
import { BlackHole } from '../../support/black-hole.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Node, startNode } from '../auth/support.js';
import { joined } from './two-nodes.js';

let redis: RedisServer;
/** The relay between both nodes and their Redis. */
let way: BlackHole;
let one: TestServer;
let two: Node;
let stop: () => Promise<void>;
let ada: TestUser;

beforeAll(async () => {
  redis = await startRedis();
  way = await BlackHole.open(redis.url);
  const { port } = new URL(way.url);
  const REDIS_URL = Object.assign(new URL(redis.url), { port }).href;
  ({ server: one, stop } = await startWithUploads({ REDIS_URL }));
  two = await startNode(one);
  ada = await one.signUp('Ada');
});
afterAll(async () => {
  await two.app.close();
  await stop();
  await way.close();
  await redis.stop();
});

it('a node opens three connections to Redis', async () => {
  await vi.waitFor(() => expect(way.connections).toBe(6), { interval: 20, timeout: 10_000 });
});

it('with one UPLOAD_DIR and one secret, an avatar that one node has taken is shown by the other', async () => {
  const { body } = await upload(one, ada, form(pngOf(1_000)));
  expect((await fetch(two.url + body.avatarUrl)).status).toBe(200);
  const headers = { authorization: `Bearer ${ada.token}` };
  expect((await fetch(`${two.url}/users/me`, { headers })).status).toBe(200);
});

it('a node with another secret accepts no token, and its messages are dropped, which the others log', async () => {
  const warned = vi.spyOn(Logger.prototype, 'warn');
  const { DATABASE_URL: _, ...rest } = one.config.env;
  const stranger = await TestServer.start(
    {},
    async () => one.database.connection,
    {},
    {
      ...rest,
      JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
    },
  );
  const id = await one.createConversation(ada);
  const socket = await joined(one.url, ada, id);
  expect((await stranger.call('GET', '/users/me', { token: ada.token })).status).toBe(401);
  const { body } = await stranger.call('POST', '/auth/login', {
    body: { email: ada.email, password: 'correct horse battery' },
  });
  const path = `/chat/conversations/${id}/messages`;
  await stranger.call('POST', path, { token: body.accessToken, body: { content: 'from elsewhere' } });
  await vi.waitFor(() => {
    const lines = warned.mock.calls.map(([line]) => String(line));
    expect(lines.some((line) => /^\d+ messages from Redis were dropped; the last one was /.test(line))).toBe(
      true,
    );
  });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([]);
  const changes = await one.call('GET', `/chat/conversations/${id}/changes?since=0`, { token: ada.token });
  expect(changes.body.data).toMatchObject([{ content: 'from elsewhere' }]);
  socket.close();
  warned.mockRestore();
  await stranger.stop();
});

it('nodes whose connections Redis has cut, as it does when a node reads too slowly, connect again and receive events', async () => {
  const id = await one.createConversation(ada);
  const socket = await joined(two.url, ada, id);
  way.loseNetwork();
  way.comeBack();
  const path = `/chat/conversations/${id}/messages`;
  await vi.waitFor(
    async () => {
      await one.call('POST', path, { token: ada.token, body: { content: 'heard?' } });
      expect(socket.all('new_message').length).toBeGreaterThan(0);
    },
    { interval: 50, timeout: 20_000 },
  );
  expect(way.connections).toBe(6);
  socket.close();
});
