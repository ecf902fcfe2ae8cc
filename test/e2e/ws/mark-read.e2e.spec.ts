import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let owner: TestUser;
let reader: TestUser;
let owners: TestSocket;
let readers: TestSocket;
let conversationId: string;

beforeAll(async () => {
  server = await TestServer.start({ THROTTLE_WS_LIMIT: '1000' });
  [owner, reader] = await Promise.all([server.signUp('Ada'), server.signUp('Bob')]);
  readers = await TestSocket.connect(server.url, reader.token);
});
beforeEach(async () => {
  owners = await TestSocket.connect(server.url, owner.token);
  conversationId = await server.createConversation(owner, [reader]);
  for (let count = 0; count < 5; count += 1) await say();
  await owners.emit('join_room', { conversationId });
});
afterEach(() => owners.close());
afterAll(() => server.stop());

const say = (by = owners) => by.emit('send_message', { conversationId, content: 'x' });
const mark = async (seq: number, by = readers) => by.emit('mark_read', { conversationId, seq });
const heard = (by = owners) => by.all('message_read');
const receipt = (lastReadSeq: number) => ({ conversationId, userId: reader.id, lastReadSeq });

test('moves the position that lists and members show', async () => {
  expect(await mark(3)).toEqual({ ok: true, data: { conversationId, lastReadSeq: 3, unreadCount: 2 } });
  const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, { token: reader.token });
  expect(body.me).toMatchObject({ lastReadSeq: 3, unreadCount: 2 });
  expect(body.members.find(({ userId }) => userId === reader.id)?.lastReadSeq).toBe(3);
  expect(body.rev).toBe(5);
});

test('goes forward only, and to the end at most', async () => {
  await mark(3);
  expect((await mark(1)).data).toEqual({ conversationId, lastReadSeq: 3, unreadCount: 2 });
  expect((await mark(Number.MAX_SAFE_INTEGER)).data).toEqual({
    conversationId,
    lastReadSeq: 5,
    unreadCount: 0,
  });
  await say();
  expect((await mark(0)).data).toEqual({ conversationId, lastReadSeq: 5, unreadCount: 1 });
});

test('is heard by the room, the own sockets that joined included, and by nobody else', async () => {
  const third = await TestSocket.connect(
    server.url,
    (await server.signUpMembers(owner, conversationId, 1))[0]?.token ?? '',
  );
  const second = await TestSocket.connect(server.url, reader.token);
  await second.emit('join_room', { conversationId });
  await mark(2);
  await Promise.all([owners, second, third, readers].map((socket) => socket.settle()));
  expect([heard(), heard(second), heard(third), heard(readers)]).toEqual([
    [receipt(2)],
    [receipt(2)],
    [],
    [],
  ]);
  second.close();
  third.close();
});

test('is told at most once a second: the first at once, then the furthest', async () => {
  for (const seq of [1, 2, 3, 4]) await mark(seq);
  await owners.settle();
  expect(heard()).toEqual([receipt(1)]);
  await owners.waitFor('message_read', 2);
  expect(heard()).toEqual([receipt(1), receipt(4)]);
});

test('is not told when nothing moved, nor for sending, which reads everything up to the own message', async () => {
  await mark(0);
  await say(readers);
  expect((await mark(6)).data).toEqual({ conversationId, lastReadSeq: 6, unreadCount: 0 });
  await say();
  expect((await mark(5)).data).toEqual({ conversationId, lastReadSeq: 6, unreadCount: 1 });
  await owners.settle();
  expect(heard()).toEqual([]);
});

test('is refused to strangers and where nothing is', async () => {
  const stranger = await TestSocket.connect(server.url, (await server.signUp()).token);
  expect((await mark(1, stranger)).error?.code).toBe('NOT_CONVERSATION_MEMBER');
  const nowhere = { conversationId: crypto.randomUUID(), seq: 1 };
  expect((await readers.emit('mark_read', nowhere)).error?.code).toBe('CONVERSATION_NOT_FOUND');
  await owners.settle();
  expect(heard()).toEqual([]);
  stranger.close();
});
