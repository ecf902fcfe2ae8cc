import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('foreignId', PER_FILE, async ({ server }) => server.createConversation(await server.signUp()))
  .extend('socket', ({ connect, owner }) => connect(owner));

test('join_room answers the head of the conversation', async ({ server, conversationId, owner, socket }) => {
  const { body: sent } = await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token: owner.token,
    body: { content: 'x' },
  });
  const epoch = socket.all('ready')[0]?.['epoch'];
  const ack = await socket.emit('join_room', { conversationId });
  expect(epoch).toEqual(expect.any(String));
  expect(ack).toEqual({ ok: true, data: { conversationId, lastSeq: sent.seq, rev: sent.rev, epoch } });
});

test('leave_room answers the conversation, joined or not, existing or not', async ({
  socket,
  conversationId,
  foreignId,
}) => {
  const nowhere = randomUUID();
  await socket.emit('join_room', { conversationId });
  for (const id of [conversationId, conversationId, foreignId, nowhere]) {
    expect(await socket.emit('leave_room', { conversationId: id })).toEqual({
      ok: true,
      data: { conversationId: id },
    });
  }
});

test('joining twice is allowed, and doubles no event', async ({ socket, conversationId }) => {
  await socket.emit('join_room', { conversationId });
  expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  const { data } = await socket.emit('send_message', { conversationId, content: 'once' });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([data.message]);
});

test('send_message answers the message, and whether it was there before', async ({
  socket,
  conversationId,
  owner,
}) => {
  const ack = await socket.emit('send_message', { conversationId, content: 'Hi', clientMessageId: 'a-1' });
  expect(ack).toEqual({ ok: true, data: { duplicate: false, message: expect.anything() } });
  expect(ack.data.message).toEqual({
    id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    conversationId,
    senderId: owner.id,
    sender: { id: owner.id, displayName: 'Ada', avatarUrl: null },
    content: 'Hi',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    seq: expect.any(Number),
    rev: expect.any(Number),
    clientMessageId: 'a-1',
    editedAt: null,
    deletedAt: null,
  });
});

test('an id in upper case is the same conversation', async ({ socket, conversationId }) => {
  const ack = await socket.emit('join_room', { conversationId: conversationId.toUpperCase() });
  expect(ack).toMatchObject({ ok: true, data: { conversationId } });
  const sent = await socket.emit('send_message', {
    conversationId: conversationId.toUpperCase(),
    content: 'x',
  });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([sent.data.message]);
});

describe.each([
  ['join_room', 'CONVERSATION_NOT_FOUND', 404, () => ({ conversationId: randomUUID() })],
  ['join_room', 'NOT_CONVERSATION_MEMBER', 403, (foreignId: string) => ({ conversationId: foreignId })],
  ['send_message', 'CONVERSATION_NOT_FOUND', 404, () => ({ conversationId: randomUUID(), content: 'x' })],
  [
    'send_message',
    'NOT_CONVERSATION_MEMBER',
    403,
    (foreignId: string) => ({ conversationId: foreignId, content: 'x' }),
  ],
])('%s: %s', (event, code, statusCode, payload) => {
  test('is acknowledged, and emitted as "error" too', async ({ socket, foreignId }) => {
    const ack = await socket.emit(event, payload(foreignId));
    const message = expect.stringMatching(/\w/);
    expect(ack).toEqual({ ok: false, error: { code, message, statusCode } });
    expect(socket.all('error')).toEqual([{ ...ack.error, event }]);
  });

  test('is emitted as "error" when no acknowledgement was requested, with the client’s own id', async ({
    socket,
    foreignId,
  }) => {
    const id = 'mine_1-Z';
    socket.client.emit(event, {
      ...payload(foreignId),
      ...(event === 'send_message' ? { clientMessageId: id } : {}),
    });
    await socket.settle();
    const known = event === 'send_message' ? { clientMessageId: id } : {};
    const message = expect.stringMatching(/\w/);
    expect(socket.all('error')).toEqual([{ code, message, statusCode, event, ...known }]);
  });
});

test('a success emits no "error"', async ({ socket, conversationId }) => {
  await socket.emit('join_room', { conversationId });
  await socket.emit('send_message', { conversationId, content: 'x' });
  await socket.settle();
  expect(socket.all('error')).toEqual([]);
});

test('a message of a stranger is neither stored nor emitted', async ({ server, socket, foreignId }) => {
  await socket.emit('send_message', { conversationId: foreignId, content: 'x' });
  expect(await server.database.query('select from messages where conversation_id = $1', [foreignId])).toEqual(
    [],
  );
});
