import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';
import { chatNamespace, disconnected } from './server-side.js';

const LIMIT = 65_536;

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, user }) => server.createConversation(user))
  .extend('bystander', ({ connect, user }) => connect(user))
  .extend('steps', ({ bystander, conversationId }) => {
    /** Expects that the other sockets still send and receive. */
    async function othersGoOn(): Promise<boolean> {
      const { data } = await bystander.emit('send_message', { conversationId, content: 'still here' });
      const received = await bystander.waitFor('new_message', 1);
      return received.length === 1 && received[0]?.['id'] === data.message.id;
    }
    const packet = (content: string) =>
      `42/chat,1${JSON.stringify(['send_message', { conversationId, content }])}`;
    /** A send_message packet of so many bytes, in its encoded form. */
    const packetOf = (bytes: number) => packet('x'.repeat(bytes - packet('').length));

    return { othersGoOn, packetOf };
  });

test.beforeEach(async ({ bystander, conversationId }) => {
  await bystander.emit('join_room', { conversationId });
});

test.for(['websocket', 'polling'])(
  'over %s a packet beyond 64 KiB ends its own connection',
  async (transport, { steps, server, connect, user, conversationId }) => {
    const socket = await connect(user, { transports: [transport] });
    const serverSide = chatNamespace(server).sockets.get(String(socket.client.id));
    const ended = new Promise((resolve) => void socket.client.on('disconnect', resolve));
    socket.client.emit('send_message', { conversationId, content: 'x'.repeat(LIMIT) });
    expect(await ended).toMatch(/^transport (close|error)$/);
    await disconnected(serverSide ? [serverSide] : []);
    expect(serverSide?.connected).toBe(false);
    expect(await steps.othersGoOn()).toBe(true);
  },
);

test.for(['websocket', 'polling'])(
  'over %s a packet just below is an ordinary refusal',
  async (transport, { connect, user, conversationId }) => {
    const socket = await connect(user, { transports: [transport] });
    const content = 'x'.repeat(LIMIT - 200);
    const { error } = await socket.emit('send_message', { conversationId, content });
    expect(error?.code).toBe('VALIDATION_FAILED');
    expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  },
);

describe('to the byte', () => {
  test('over websocket', async ({ steps, server, user }) => {
    const raw = await RawWebSocket.join(server.url, user.token);
    raw.send(steps.packetOf(LIMIT));
    expect(await raw.frame(/^43\/chat,1/)).toContain('VALIDATION_FAILED');
    raw.send(steps.packetOf(LIMIT + 1));
    expect(await raw.closed).toBe(1009);
    expect(await steps.othersGoOn()).toBe(true);
  });

  test('over websocket, bytes and not characters count', async ({ server, user }) => {
    const raw = await RawWebSocket.join(server.url, user.token);
    raw.send('42/chat,1["send_message","' + '🦀'.repeat(LIMIT / 4) + '"]');
    expect(await raw.closed).toBe(1009);
  });

  test('over polling, where the server ends the connection too', async ({ steps, server, user }) => {
    const raw = await RawPolling.join(server.url, user.token);
    expect(await raw.post(steps.packetOf(LIMIT))).toBe(200);
    expect(await raw.packet(/^43\/chat,1/)).toContain('VALIDATION_FAILED');
    expect(await raw.post(steps.packetOf(LIMIT + 1))).toBe(413);
    await raw.untilClosed();
    expect((await raw.poll()).status).toBe(400);
    expect(await steps.othersGoOn()).toBe(true);
  });
});
