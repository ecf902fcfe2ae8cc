import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';

const test = apiTest
  .extend('variables', PER_FILE, { THROTTLE_WS_LIMIT: '1000' })
  .extend('reader', PER_FILE, ({ server }) => server.signUp('Bob'))
  .extend('readers', PER_FILE, ({ server, reader }) => TestSocket.connect(server.url, reader.token))
  .extend('owners', ({ connect, owner }) => connect(owner))
  .extend('conversationId', ({ server, owner, reader }) => server.createConversation(owner, [reader]))
  .extend('steps', ({ owners, conversationId, readers, reader }) => ({
    say: (by = owners) => by.emit('send_message', { conversationId, content: 'x' }),
    mark: async (seq: number, by = readers) => by.emit('mark_read', { conversationId, seq }),
    receivedReceipts: (by = owners) => by.all('message_read'),
    receipt: (lastReadSeq: number) => ({ conversationId, userId: reader.id, lastReadSeq }),
  }));

test.beforeEach(async ({ steps, owners, conversationId }) => {
  for (let count = 0; count < 5; count += 1) await steps.say();
  await owners.emit('join_room', { conversationId });
});

test('moves the position that lists and members show', async ({ steps, server, conversationId, reader }) => {
  expect(await steps.mark(3)).toEqual({ ok: true, data: { conversationId, lastReadSeq: 3, unreadCount: 2 } });
  const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, { token: reader.token });
  expect(body.me).toMatchObject({ lastReadSeq: 3, unreadCount: 2 });
  expect(body.members.find(({ userId }) => userId === reader.id)?.lastReadSeq).toBe(3);
  expect(body.rev).toBe(5);
});

test('goes forward only, and to the end at most', async ({ steps, conversationId }) => {
  await steps.mark(3);
  expect((await steps.mark(1)).data).toEqual({ conversationId, lastReadSeq: 3, unreadCount: 2 });
  expect((await steps.mark(Number.MAX_SAFE_INTEGER)).data).toEqual({
    conversationId,
    lastReadSeq: 5,
    unreadCount: 0,
  });
  await steps.say();
  expect((await steps.mark(0)).data).toEqual({ conversationId, lastReadSeq: 5, unreadCount: 1 });
});

test('is emitted to the room, including the own joined sockets, and to no other socket', async ({
  steps,
  server,
  connect,
  owner,
  conversationId,
  reader,
  owners,
  readers,
}) => {
  const third = await TestSocket.connect(
    server.url,
    (await server.signUpMembers(owner, conversationId, 1))[0]?.token ?? '',
  );
  const second = await connect(reader);
  await second.emit('join_room', { conversationId });
  await steps.mark(2);
  await Promise.all([owners, second, third, readers].map((socket) => socket.settle()));
  expect([
    steps.receivedReceipts(),
    steps.receivedReceipts(second),
    steps.receivedReceipts(third),
    steps.receivedReceipts(readers),
  ]).toEqual([[steps.receipt(2)], [steps.receipt(2)], [], []]);
  second.close();
  third.close();
});

test('is emitted at most once a second: the first at once, then the furthest', async ({ steps, owners }) => {
  for (const seq of [1, 2, 3, 4]) await steps.mark(seq);
  await owners.settle();
  expect(steps.receivedReceipts()).toEqual([steps.receipt(1)]);
  await owners.waitFor('message_read', 2);
  expect(steps.receivedReceipts()).toEqual([steps.receipt(1), steps.receipt(4)]);
});

test('is not emitted when nothing moved, nor for sending, which reads everything up to the own message', async ({
  steps,
  readers,
  conversationId,
  owners,
}) => {
  await steps.mark(0);
  await steps.say(readers);
  expect((await steps.mark(6)).data).toEqual({ conversationId, lastReadSeq: 6, unreadCount: 0 });
  await steps.say();
  expect((await steps.mark(5)).data).toEqual({ conversationId, lastReadSeq: 6, unreadCount: 1 });
  await owners.settle();
  expect(steps.receivedReceipts()).toEqual([]);
});

test('is refused to strangers and where nothing is', async ({ steps, server, connect, readers, owners }) => {
  const stranger = await connect(await server.signUp());
  expect((await steps.mark(1, stranger)).error?.code).toBe('NOT_CONVERSATION_MEMBER');
  const nowhere = { conversationId: crypto.randomUUID(), seq: 1 };
  expect((await readers.emit('mark_read', nowhere)).error?.code).toBe('CONVERSATION_NOT_FOUND');
  await owners.settle();
  expect(steps.receivedReceipts()).toEqual([]);
});
