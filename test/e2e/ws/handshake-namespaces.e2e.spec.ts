import { Manager } from 'socket.io-client';
import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';
import { refusedConnection } from './refused-connection.js';
import { namespacesOf } from './server-side.js';

const test = apiTest.extend('steps', PER_FILE, ({ server }) => {
  /** Resolves when every earlier refusal has taken effect: the server closes refused connections in their order. */
  async function refusalsCarriedOut(): Promise<void> {
    const raw = await RawWebSocket.open(server.url);
    raw.send('40/chat,{"token":"x"}');
    await raw.closed;
  }

  return { refusalsCarriedOut };
});

describe.each(['/', '/nowhere', '/chat/', '/Chat', '/constructor', '/__proto__'])(
  'the namespace %s',
  (namespace) => {
    test('accepts no socket, not even with a valid token', async ({ server, user }) => {
      const error = await refusedConnection(server.url + namespace, { auth: { token: user.token } });
      const title = namespace === '/' ? 'Invalid namespace: Connect to /chat.' : 'Invalid namespace';
      expect(error.message).toBe(title);
      expect(error.data).toEqual({ code: 'ROUTE_NOT_FOUND', message: 'Connect to /chat.' });
    });

    test('closes a websocket within a second', async ({ server, user }) => {
      const raw = await RawWebSocket.open(server.url);
      raw.send(`40${namespace},${JSON.stringify({ token: user.token })}`);
      await raw.frame(/^44/);
      const refusedAt = performance.now();
      await raw.closed;
      expect(performance.now() - refusedAt).toBeLessThan(1_000);
    });
  },
);

test('polling at / ends within a second', async ({ server, user }) => {
  const raw = await RawPolling.open(server.url);
  await raw.post(`40${JSON.stringify({ token: user.token })}`);
  const refusedAt = performance.now();
  expect(await raw.untilClosed()).toContainEqual(expect.stringMatching(/^44/));
  expect(performance.now() - refusedAt).toBeLessThan(1_000);
});

describe.each(['/', '/nowhere'])('one connection for %s and /chat', (other) => {
  test.for([
    ['first', [other, '/chat']],
    ['last', ['/chat', other]],
  ] as const)('refused %s, keeps /chat', async ([, namespaces], { steps, server, user }) => {
    const manager = new Manager(server.url, { transports: ['websocket'], reconnection: false });
    const sockets = new Map(
      namespaces.map((name) => [name, manager.socket(name, { auth: { token: user.token } })] as const),
    );
    const refused = new Promise((resolve) => void sockets.get(other)?.on('connect_error', resolve));
    const chat = sockets.get('/chat');
    const ready = new Promise((resolve) => void chat?.on('ready', resolve));
    await Promise.all([refused, ready]);
    await steps.refusalsCarriedOut();
    const conversationId = crypto.randomUUID();
    expect(await chat?.emitWithAck('leave_room', { conversationId })).toEqual({
      ok: true,
      data: { conversationId },
    });
    chat?.disconnect();
  });
});

test('requests for namespaces that do not exist create none', async ({ steps, server, user }) => {
  const names = Array.from({ length: 20 }, (_, index) => `${server.url}/invented-${index}`);
  await Promise.all(names.map((address) => refusedConnection(address, { auth: { token: user.token } })));
  await steps.refusalsCarriedOut();
  expect(namespacesOf(server)).toEqual(['/', '/chat']);
});
