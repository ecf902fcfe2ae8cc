import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';
import { chatNamespace, disconnected } from './server-side.js';

const LIMIT = 65_536;

let server: TestServer;
let user: TestUser;
let conversationId: string;
let bystander: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  conversationId = await server.createConversation(user);
});
beforeEach(async () => {
  bystander = await TestSocket.connect(server.url, user.token);
  await bystander.emit('join_room', { conversationId });
});
afterAll(() => server.stop());

/** The others go on: they send and hear. */
async function othersGoOn(): Promise<boolean> {
  const { data } = await bystander.emit('send_message', { conversationId, content: 'still here' });
  const heard = await bystander.waitFor('new_message', 1);
  return heard.length === 1 && heard[0]?.['id'] === data.message.id;
}

const packet = (content: string) =>
  `42/chat,1${JSON.stringify(['send_message', { conversationId, content }])}`;
/** A send_message packet of so many bytes, as it is on the wire. */
const packetOf = (bytes: number) => packet('x'.repeat(bytes - packet('').length));

test.each(['websocket', 'polling'])(
  'over %s a packet beyond 64 KiB ends its own connection',
  async (transport) => {
    const socket = await TestSocket.connect(server.url, user.token, { transports: [transport] });
    const serverSide = chatNamespace(server).sockets.get(String(socket.client.id));
    const ended = new Promise((resolve) => void socket.client.on('disconnect', resolve));
    socket.client.emit('send_message', { conversationId, content: 'x'.repeat(LIMIT) });
    expect(await ended).toMatch(/^transport (close|error)$/);
    await disconnected(serverSide ? [serverSide] : []);
    expect(serverSide?.connected).toBe(false);
    expect(await othersGoOn()).toBe(true);
  },
);

test.each(['websocket', 'polling'])(
  'over %s a packet just below is an ordinary refusal',
  async (transport) => {
    const socket = await TestSocket.connect(server.url, user.token, { transports: [transport] });
    const content = 'x'.repeat(LIMIT - 200);
    const { error } = await socket.emit('send_message', { conversationId, content });
    expect(error?.code).toBe('VALIDATION_FAILED');
    expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
    socket.close();
  },
);

describe('to the byte', () => {
  test('over websocket', async () => {
    const raw = await RawWebSocket.join(server.url, user.token);
    raw.send(packetOf(LIMIT));
    expect(await raw.frame(/^43\/chat,1/)).toContain('VALIDATION_FAILED');
    raw.send(packetOf(LIMIT + 1));
    expect(await raw.closed).toBe(1009);
    expect(await othersGoOn()).toBe(true);
  });

  test('over websocket, bytes and not characters count', async () => {
    const raw = await RawWebSocket.join(server.url, user.token);
    raw.send('42/chat,1["send_message","' + '🦀'.repeat(LIMIT / 4) + '"]');
    expect(await raw.closed).toBe(1009);
  });

  test('over polling, where the server ends the connection too', async () => {
    const raw = await RawPolling.join(server.url, user.token);
    expect(await raw.post(packetOf(LIMIT))).toBe(200);
    expect(await raw.packet(/^43\/chat,1/)).toContain('VALIDATION_FAILED');
    expect(await raw.post(packetOf(LIMIT + 1))).toBe(413);
    await raw.untilClosed();
    expect((await raw.poll()).status).toBe(400);
    expect(await othersGoOn()).toBe(true);
  });
});
