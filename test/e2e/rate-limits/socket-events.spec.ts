import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

const NOWHERE = { conversationId: '00000000-0000-4000-8000-000000000000' };

const leave = (socket: TestSocket) => socket.emit('leave_room', NOWHERE);

async function times(count: number, emit: () => Promise<Ack>): Promise<(string | undefined)[]> {
  return (await Promise.all(Array.from({ length: count }, emit))).map(({ error }) => error?.code);
}

describe('the limit of socket events', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ THROTTLE_WS_LIMIT: '5' });
  });
  afterAll(() => server.stop());
  // Time stands still: no token comes back while a test counts.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('allows twice a second at once, then refuses in ack and error, and the socket stays', async () => {
    const { token } = await server.signUp();
    const socket = await TestSocket.connect(server.url, token);
    expect(await times(10, () => leave(socket))).toEqual(Array.from({ length: 10 }));
    const { ok, error } = await socket.emit('leave_room', { ...NOWHERE, clientMessageId: 'late-1' });
    expect(ok).toBe(false);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429, retryAfterMs: 200 });
    const [told] = await socket.waitFor('error', 1);
    expect(told).toMatchObject({ code: 'RATE_LIMITED', event: 'leave_room', clientMessageId: 'late-1' });
    vi.advanceTimersByTime(200);
    expect(await times(2, () => leave(socket))).toEqual([undefined, 'RATE_LIMITED']);
    vi.advanceTimersByTime(60_000);
    expect((await times(11, () => leave(socket))).filter((code) => code !== undefined)).toEqual([
      'RATE_LIMITED',
    ]);
    socket.close();
  });

  it('is one for all sockets of a user, and another for everybody else', async () => {
    const [ada, grace] = [await server.signUp(), await server.signUp()];
    const one = await TestSocket.connect(server.url, ada.token);
    const two = await TestSocket.connect(server.url, ada.token, { transports: ['polling'] });
    const other = await TestSocket.connect(server.url, grace.token);
    expect(await times(6, () => leave(one))).not.toContain('RATE_LIMITED');
    expect((await times(6, () => leave(two))).filter(Boolean)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect(await times(10, () => leave(other))).not.toContain('RATE_LIMITED');
    for (const socket of [one, two, other]) socket.close();
  });

  it('counts unknown and malformed events, and a new connection does not help', async () => {
    const { token } = await server.signUp();
    const socket = await TestSocket.connect(server.url, token);
    expect(await times(5, () => socket.emit('unknown'))).not.toContain('RATE_LIMITED');
    expect(await times(5, () => socket.emit('join_room', 1))).not.toContain('RATE_LIMITED');
    expect(await times(2, () => socket.emit('unknown'))).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    socket.close();
    const again = await TestSocket.connect(server.url, token);
    expect(await times(1, () => leave(again))).toEqual(['RATE_LIMITED']);
    again.close();
  });

  it('executes nothing that it refuses', async () => {
    const user = await server.signUp();
    const conversationId = await server.createConversation(user);
    const socket = await TestSocket.connect(server.url, user.token);
    const send = () => socket.emit('send_message', { conversationId, content: 'hello' });
    expect((await times(15, send)).filter(Boolean)).toHaveLength(5);
    const { body } = await server.call('GET', `/chat/conversations/${conversationId}/messages`, {
      token: user.token,
    });
    expect(body.total).toBe(10);
    socket.close();
  });
});
