import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';
import { RowLock } from './row-lock.js';

const MAX_EVENTS = 1_000;
const MAX_BYTES = 1_048_576;
const LARGE = 'x'.repeat(60_000);
const LARGE_FITTING = Math.floor(
  MAX_BYTES / JSON.stringify({ conversationId: LARGE, isTyping: true }).length,
);

let server: TestServer;
let owner: TestUser;
let conversationId: string;
let socket: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
});
beforeEach(async () => {
  conversationId = await server.createConversation(owner);
  socket = await TestSocket.connect(server.url, owner.token);
  await socket.emit('join_room', { conversationId });
});
afterAll(() => server.stop());

const message = expect.stringMatching(/\w/);
const limited: Omit<Ack, 'data'> = {
  ok: false,
  error: { code: 'RATE_LIMITED', message, statusCode: 429, retryAfterMs: expect.any(Number) },
};
const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => work(i));
const type = (padding = '') =>
  socket.emit('typing', { conversationId: padding || conversationId, isTyping: true });
const send = () => socket.emit('send_message', { conversationId, content: 'first' });

test('1,000 events may wait; what is beyond is refused at once, the rest is answered, the socket stays', async () => {
  const lock = await RowLock.take(server, conversationId);
  const first = send();
  const waiting = times(MAX_EVENTS, () => type());
  const beyond = await Promise.all(times(5, () => type()));
  expect(beyond).toEqual(times(5, () => limited));
  expect(beyond[0]?.error?.retryAfterMs).toBeGreaterThan(0);
  expect(socket.all('error')).toEqual(times(5, () => ({ ...limited.error, event: 'typing' })));

  await lock.release();
  expect(await first).toMatchObject({ ok: true, data: { message: { seq: 1 } } });
  const answers = await Promise.all(waiting);
  expect(answers).toEqual(times(MAX_EVENTS, () => ({ ok: true, data: {} })));
  expect(socket.all('error')).toHaveLength(5);
  expect(await send()).toMatchObject({ ok: true, data: { message: { seq: 2 } } });
});

test('1 MiB may wait: as many large events as fit, and small ones still', async () => {
  const lock = await RowLock.take(server, conversationId);
  const first = send();
  const waiting = times(LARGE_FITTING, () => type(LARGE));
  const beyond = await Promise.all(times(3, () => type(LARGE)));
  expect(beyond).toEqual(times(3, () => limited));
  const small = type();

  await lock.release();
  expect(await first).toMatchObject({ ok: true });
  const codes = (await Promise.all(waiting)).map(({ error }) => error?.code);
  expect(codes).toEqual(times(LARGE_FITTING, () => 'VALIDATION_FAILED'));
  expect(await small).toMatchObject({ ok: true });
  expect(await Promise.all(times(3, () => type()))).toMatchObject(times(3, () => ({ ok: true })));
});

test.each([
  ['small', MAX_EVENTS, ''],
  ['large', LARGE_FITTING, LARGE],
])('room is made again: as many %s events wait a second time', async (_, fitting, padding) => {
  for (const round of [1, 2]) {
    const lock = await RowLock.take(server, conversationId);
    const first = send();
    const waiting = times(fitting, () => type(padding));
    expect((await type(padding)).error?.code, `round ${round}`).toBe('RATE_LIMITED');
    await lock.release();
    expect(await first).toMatchObject({ ok: true });
    const codes = (await Promise.all(waiting)).map(({ error }) => error?.code);
    expect(codes).not.toContain('RATE_LIMITED');
  }
});

test('with as much waiting as may, a newer token is taken', async () => {
  const lock = await RowLock.take(server, conversationId);
  const first = send();
  const waiting = times(MAX_EVENTS, () => type());
  expect((await type()).error?.code).toBe('RATE_LIMITED');
  const renewed = socket.emit('authenticate', { token: owner.token });
  await lock.release();
  await Promise.all([first, ...waiting]);
  expect(await renewed).toMatchObject({ ok: true, data: { expiresAt: expect.any(String) } });
});

test('each socket has a bound of its own, also for one user', async () => {
  const other = await TestSocket.connect(server.url, owner.token);
  const lock = await RowLock.take(server, conversationId);
  const first = send();
  const waiting = times(MAX_EVENTS, () => type());
  expect((await type()).error?.code).toBe('RATE_LIMITED');
  expect(await other.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  await lock.release();
  await Promise.all([first, ...waiting]);
  expect(await other.waitFor('new_message', 1)).toMatchObject([{ content: 'first' }]);
});

test('the error of a refused send has its clientMessageId, and the message is not stored', async () => {
  const lock = await RowLock.take(server, conversationId);
  const first = send();
  const waiting = times(MAX_EVENTS, () => type());
  const refused = { conversationId, content: 'beyond', clientMessageId: 'beyond-1' };
  expect(await socket.emit('send_message', refused)).toEqual(limited);
  expect(socket.all('error')).toMatchObject([{ event: 'send_message', clientMessageId: 'beyond-1' }]);
  await lock.release();
  await Promise.all([first, ...waiting]);
  const stored = await server.database.query("select from messages where content = 'beyond'");
  expect(stored).toEqual([]);
});
