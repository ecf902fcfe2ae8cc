import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';
import { signToken, signWithout } from './sign-token.js';

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('steps', ({ server, owner }) => ({
    connectWithout: async (action: string) =>
      TestSocket.connect(server.url, await signWithout(server, owner, 'messages', action)),
  }));

const message = expect.stringMatching(/\w/);
const denied = { ok: false, error: { code: 'PERMISSION_DENIED', message, statusCode: 403 } };

test('without messages:read there is no join_room, but sending and leaving', async ({
  steps,
  conversationId,
}) => {
  const socket = await steps.connectWithout('read');
  expect(await socket.emit('join_room', { conversationId })).toEqual(denied);
  expect(socket.all('error')).toEqual([{ ...denied.error, event: 'join_room' }]);
  expect(await socket.emit('leave_room', { conversationId })).toMatchObject({ ok: true });
  expect(await socket.emit('send_message', { conversationId, content: 'x' })).toMatchObject({ ok: true });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([]);
});

test('without messages:create there is no send_message, but joining', async ({
  steps,
  server,
  conversationId,
}) => {
  const socket = await steps.connectWithout('create');
  const body = { conversationId, content: 'forbidden', clientMessageId: 'id' };
  expect(await socket.emit('send_message', body)).toEqual(denied);
  expect(socket.all('error')).toEqual([{ ...denied.error, event: 'send_message', clientMessageId: 'id' }]);
  expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  const stored = await server.database.query("select from messages where content = 'forbidden'");
  expect(stored).toEqual([]);
});

test.for([
  ['join_room', 'read'],
  ['send_message', 'create'],
  ['mark_read', 'read'],
  ['join_all', 'read'],
  ['typing', 'read'],
] as const)('%s checks the permission before the payload', async ([event, action], { steps }) => {
  const socket = await steps.connectWithout(action);
  for (const payload of [undefined, null, {}, 'x', [1], { conversationId: crypto.randomUUID() }]) {
    expect(await socket.emit(event, payload)).toEqual(denied);
  }
});

test('no permissions at all: only leave_room is left', async ({ server, connect, owner, conversationId }) => {
  const token = await signToken(server, owner, { claims: { permissions: [] } });
  const socket = await connect({ token });
  expect(await socket.emit('join_room', { conversationId })).toEqual(denied);
  expect(await socket.emit('send_message', { conversationId, content: 'x' })).toEqual(denied);
  expect(await socket.emit('leave_room', { conversationId })).toMatchObject({ ok: true });
});

test('the action counts for its own resource only', async ({ server, owner, conversationId }) => {
  const permissions = [
    { resource: 'posts', actions: ['read', 'create'] },
    { resource: 'conversations', actions: ['create', 'read', 'update'] },
  ];
  const socket = await TestSocket.connect(
    server.url,
    await signToken(server, owner, { claims: { permissions } }),
  );
  expect(await socket.emit('join_room', { conversationId })).toEqual(denied);
  expect(await socket.emit('send_message', { conversationId, content: 'x' })).toEqual(denied);
});
