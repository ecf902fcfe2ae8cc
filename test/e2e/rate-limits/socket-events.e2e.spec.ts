import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

const NOWHERE = { conversationId: '00000000-0000-4000-8000-000000000000' };

const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => work(index));
const codes = async (acks: Promise<Ack>[]) => (await Promise.all(acks)).map(({ error }) => error?.code);

describe('events that come faster than the limit', () => {
  const LIMIT = 40;
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ THROTTLE_WS_LIMIT: String(LIMIT) });
  });
  afterAll(() => server.stop());

  const messagesOf = async (token: string, id: string) =>
    (await server.call('GET', `/chat/conversations/${id}/messages?limit=100`, { token })).body.data.map(
      ({ content }) => content,
    );

  it.each(['websocket', 'polling'])(
    'wait: an offline queue of 100 messages arrives whole and in order over %s, and the socket stays',
    async (transport) => {
      const user = await server.signUp();
      const conversationId = await server.createConversation(user);
      const socket = await TestSocket.connect(server.url, user.token, { transports: [transport] });
      const contents = times(100, (index) => `message ${index}`);
      const start = performance.now();
      const acks = await Promise.all(
        contents.map((content) => socket.emit('send_message', { conversationId, content })),
      );
      expect(acks.map(({ data }) => [data?.message.content, data?.message.seq])).toEqual(
        contents.map((content, index) => [content, index + 1]),
      );
      // Twice the limit is accepted at once, the rest at its rate; a timer may fire a millisecond early.
      expect(performance.now() - start).toBeGreaterThan(((100 - 2 * LIMIT) * 1_000) / LIMIT - 20);
      expect(await messagesOf(user.token, conversationId)).toEqual(contents.toReversed());
      expect(socket.all('error')).toEqual([]);
      socket.close();
    },
  );

  it('count for all sockets of a user together, in turn, and for no other user', async () => {
    const [ada, grace] = [await server.signUp(), await server.signUp()];
    const one = await TestSocket.connect(server.url, ada.token);
    const two = await TestSocket.connect(server.url, ada.token, { transports: ['polling'] });
    const other = await TestSocket.connect(server.url, grace.token);
    let done = 0;
    const flood = times(3 * LIMIT, () => one.emit('unknown').then(() => (done += 1)));
    await Promise.all(times(2 * LIMIT, () => other.emit('unknown')));
    expect(done).toBeLessThan(3 * LIMIT);
    await two.emit('unknown');
    expect(done).toBeLessThan(3 * LIMIT);
    await Promise.all(flood);
    for (const socket of [one, two, other]) socket.close();
  });

  it('are overtaken by authenticate and leave_room', async () => {
    const { token } = await server.signUp();
    const socket = await TestSocket.connect(server.url, token);
    let done = 0;
    const slow = times(3 * LIMIT, () => socket.emit('unknown').then(() => (done += 1)));
    expect(await codes([socket.emit('authenticate', { token }), socket.emit('leave_room', NOWHERE)])).toEqual(
      [undefined, undefined],
    );
    expect(done).toBeLessThan(3 * LIMIT - 10);
    await Promise.all(slow);
    socket.close();
  });

  it('but a socket that joins a room and then leaves it is outside at the end', async () => {
    const user = await server.signUp();
    const conversationId = await server.createConversation(user);
    const socket = await TestSocket.connect(server.url, user.token);
    const slow = times(2 * LIMIT + 10, () => socket.emit('unknown'));
    const upper = conversationId.toUpperCase();
    const moves = [
      socket.emit('join_room', { conversationId: upper }),
      socket.emit('leave_room', { conversationId }),
    ];
    expect(await codes(moves)).toEqual([undefined, undefined]);
    await Promise.all(slow);
    expect((await socket.emit('typing', { conversationId, isTyping: true })).error?.code).toBe(
      'ROOM_NOT_JOINED',
    );
    socket.close();
  });
});

describe('while time stands still', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ THROTTLE_WS_LIMIT: '5' });
  });
  afterAll(() => server.stop());
  // No token of the bucket is refilled while a test counts.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('1,000 events wait; what is beyond is refused in ack and error, and the socket stays', async () => {
    const { token } = await server.signUp();
    const socket = await TestSocket.connect(server.url, token);
    expect(await codes(times(10, () => socket.emit('unknown')))).toEqual(times(10, () => 'UNKNOWN_EVENT'));
    const waiting = times(1_001, () => socket.client.timeout(60_000).emitWithAck('unknown'));
    const settled = Promise.allSettled(waiting);
    const { ok, error } = await socket.emit('send_message', { ...NOWHERE, clientMessageId: 'late-1' });
    expect(ok).toBe(false);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', statusCode: 429, retryAfterMs: expect.any(Number) });
    expect(error?.retryAfterMs).toBeGreaterThan(0);
    expect(socket.all('error').at(-1)).toMatchObject({
      code: 'RATE_LIMITED',
      event: 'send_message',
      clientMessageId: 'late-1',
    });
    expect(socket.all('error').map(({ code }) => code)).toEqual([
      ...times(10, () => 'UNKNOWN_EVENT'),
      'RATE_LIMITED',
    ]);
    vi.advanceTimersByTime(2_000);
    await Promise.all(waiting.slice(0, 10));
    socket.close();
    await settled;
  });

  it('what still waits when its socket ends is not executed, and a new connection does not help', async () => {
    const user = await server.signUp();
    const conversationId = await server.createConversation(user);
    const socket = await TestSocket.connect(server.url, user.token);
    const send = (content: string, by = socket) => by.emit('send_message', { conversationId, content });
    await Promise.all(times(10, () => send('first')));
    const lost = send('waits').catch(() => undefined);
    socket.close();
    const again = await TestSocket.connect(server.url, user.token);
    const late = send('late', again);
    vi.advanceTimersByTime(2_000);
    expect((await late).data.message.seq).toBe(11);
    await Promise.all(times(8, () => send('more', again)));
    const { body } = await server.call('GET', `/chat/conversations/${conversationId}/messages`, user);
    expect(body.data.map(({ content }) => content)).not.toContain('waits');
    again.close();
    await lost;
  });

  /** The WebSocket of the stock client. */
  interface Wire {
    readonly readyState: number;
    ping(data?: string): void;
    send(packet: string): void;
    on(event: 'pong', listener: (data: Buffer) => void): void;
  }

  it.each<[string, (wire: Wire) => void]>([
    ['events', (wire) => wire.send('42/chat,["unknown"]')],
    ['pongs', (wire) => wire.send('3')],
    ['pings of the websocket', (wire) => wire.ping()],
  ])(
    'a flood of %s ends the connection after ten seconds, and the stock client reconnects',
    async (_, send) => {
      const { token } = await server.signUp();
      const socket = await TestSocket.connect(server.url, token, {
        reconnection: true,
        reconnectionDelay: 10,
      });
      const { ws } = socket.client.io.engine.transport as unknown as { ws: Wire };
      const gone = new Promise<string>((resolve) => void socket.client.once('disconnect', resolve));
      let seconds = 0;
      for (; ws.readyState === 1 && seconds < 30; seconds += 1) {
        for (let sent = 0; sent < 49; sent += 1) send(ws);
        // When this event is answered, all earlier ones have been read.
        const mark = `second ${seconds}`;
        const read = new Promise<void>((resolve) =>
          ws.on('pong', (data) => String(data) === mark && resolve()),
        );
        ws.ping(mark);
        await Promise.race([gone, read]);
        vi.advanceTimersByTime(1_000);
      }
      expect(await gone).toMatch(/^transport/);
      expect(seconds).toBe(11);
      await socket.waitFor('ready', 2);
      socket.close();
    },
  );
});
