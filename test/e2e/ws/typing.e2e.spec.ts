import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

const NOT_JOINED = {
  ok: false,
  error: { code: 'ROOM_NOT_JOINED', message: expect.stringMatching(/\w/), statusCode: 403 },
};
let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
let adas: TestSocket;
let bobs: TestSocket;
let bobsSecond: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  [ada, bob] = await Promise.all([server.signUp('Ada'), server.signUp('Bob')]);
});
beforeEach(async () => {
  // A new one for each test: who has just typed is told of once a second.
  conversationId = await server.createConversation(ada, [bob]);
  adas = await TestSocket.connect(server.url, ada.token);
  bobs = await TestSocket.connect(server.url, bob.token);
  bobsSecond = await TestSocket.connect(server.url, bob.token);
});
afterEach(() => {
  for (const socket of [adas, bobs, bobsSecond]) socket.close();
});
afterAll(() => server.stop());

const joinAll = () =>
  Promise.all([adas, bobs, bobsSecond].map((socket) => socket.emit('join_room', { conversationId })));
const settleAll = () => Promise.all([adas, bobs, bobsSecond].map((socket) => socket.settle()));
const heard = () => adas.all('typing').map(({ isTyping }) => isTyping);
const type = (isTyping: boolean, by = bobs) => by.emit('typing', { conversationId, isTyping });

test('is heard by the others in the room, on no socket of who types', async () => {
  await joinAll();
  const before = Date.now();
  expect(await type(true)).toEqual({ ok: true, data: {} });
  const after = Date.now();
  await settleAll();
  const expiresAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(adas.all('typing')).toEqual([{ conversationId, userId: bob.id, isTyping: true, expiresAt }]);
  expect([bobs.all('typing'), bobsSecond.all('typing')]).toEqual([[], []]);
  const end = Date.parse(String(adas.all('typing')[0]?.['expiresAt']));
  expect(end).toBeGreaterThanOrEqual(before + 6_000);
  expect(end).toBeLessThanOrEqual(after + 6_000);
});

test('that ends is over at the end of the second', async () => {
  await joinAll();
  await type(true);
  const before = Date.now();
  await type(false);
  const after = Date.now();
  await adas.waitFor('typing', 2);
  expect(adas.all('typing').map(({ isTyping }) => isTyping)).toEqual([true, false]);
  const end = Date.parse(String(adas.all('typing')[1]?.['expiresAt']));
  expect(end).toBeGreaterThanOrEqual(before);
  expect(end).toBeLessThanOrEqual(after);
});

test('goes out once a second, member and room, and what was said last is not lost', async () => {
  await joinAll();
  const start = performance.now();
  for (const by of [bobs, bobsSecond]) {
    await Promise.all(Array.from({ length: 15 }, (_, index) => type(index < 14, by)));
  }
  await vi.waitFor(() => expect(heard().at(-1)).toBe(false), { timeout: 10_000 });
  await settleAll();
  expect(heard()[0]).toBe(true);
  expect(heard().length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - start) / 1_000));
});

test('is not heard by who has not joined', async () => {
  await bobs.emit('join_room', { conversationId });
  await type(true);
  await settleAll();
  expect([adas, bobs, bobsSecond].flatMap((socket) => socket.all('typing'))).toEqual([]);
});

test('needs this very socket to have joined, and not to have left', async () => {
  await adas.emit('join_room', { conversationId });
  await bobsSecond.emit('join_room', { conversationId });
  expect(await type(true)).toEqual(NOT_JOINED);
  await bobs.emit('join_room', { conversationId });
  expect(await type(true)).toMatchObject({ ok: true });
  await bobs.emit('leave_room', { conversationId });
  expect(await type(true)).toEqual(NOT_JOINED);
  await settleAll();
  expect(adas.all('typing')).toHaveLength(1);
});

test.each(['a stranger', 'a made-up conversation'])('is refused to %s without saying more', async (who) => {
  const token = who === 'a stranger' ? (await server.signUp()).token : bob.token;
  const socket = await TestSocket.connect(server.url, token);
  const id = who === 'a stranger' ? conversationId : crypto.randomUUID();
  await adas.emit('join_room', { conversationId });
  expect(await socket.emit('typing', { conversationId: id, isTyping: true })).toEqual(NOT_JOINED);
  await settleAll();
  expect(adas.all('typing')).toEqual([]);
  socket.close();
});

test('stores nothing and changes nothing', async () => {
  await joinAll();
  await type(true);
  const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, { token: ada.token });
  expect(body).toMatchObject({ rev: 0, lastSeq: 0, updatedAt: body.createdAt });
});
