import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const test = apiTest
  .extend('other', PER_FILE, ({ server }) => server.signUp())
  .extend('conversationId', ({ server, owner, other }) => server.createConversation(owner, [other]))
  .extend('socket', ({ connect, owner }) => connect(owner))
  .extend('steps', ({ server, owner, conversationId, socket }) => ({
    overHttp: (content: string, token = owner.token) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token,
        body: { content, clientMessageId: 'same' },
      }),
    overSocket: (content: string) =>
      socket.emit('send_message', { conversationId, content, clientMessageId: 'same' }),
  }));

test.beforeEach(async ({ socket, conversationId }) => {
  await socket.emit('join_room', { conversationId });
});

test('sent twice over the socket: the stored message, a duplicate, pushed once', async ({
  steps,
  socket,
}) => {
  const first = await steps.overSocket('hello');
  const second = await steps.overSocket('hello');
  expect(first.data.duplicate).toBe(false);
  expect(second).toEqual({ ok: true, data: { message: first.data.message, duplicate: true } });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message]);
});

test('over HTTP, then over the socket: a duplicate of the same message, pushed once', async ({
  steps,
  socket,
}) => {
  const first = await steps.overHttp('hello');
  expect(first.status).toBe(201);
  expect(await steps.overSocket('hello')).toEqual({
    ok: true,
    data: { message: first.body, duplicate: true },
  });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.body]);
});

test('over the socket, then over HTTP: 200 with the same message, pushed once', async ({ steps, socket }) => {
  const first = await steps.overSocket('hello');
  expect(await steps.overHttp('hello')).toMatchObject({ status: 200, body: first.data.message });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message]);
});

test('with other content: CLIENT_MESSAGE_ID_REUSED, and nothing happened', async ({
  steps,
  socket,
  conversationId,
}) => {
  const first = await steps.overHttp('hello');
  const message = expect.stringMatching(/\w/);
  const error = { code: 'CLIENT_MESSAGE_ID_REUSED', message, statusCode: 409 };
  expect(await steps.overSocket('Hello')).toEqual({ ok: false, error });
  expect(socket.all('error')).toEqual([{ ...error, event: 'send_message', clientMessageId: 'same' }]);
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.body]);
  const next = await socket.emit('send_message', { conversationId, content: 'next' });
  expect(next.data.message).toMatchObject({ seq: 2, rev: 2 });
});

test('of another sender is another message', async ({ steps, other, socket }) => {
  const first = await steps.overSocket('hello');
  const second = await steps.overHttp('hello', other.token);
  expect(second.status).toBe(201);
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message, second.body]);
});

test('twenty at once over both transports: one message, stored and pushed once', async ({
  steps,
  socket,
}) => {
  const [acks, answers] = await Promise.all([
    Promise.all(Array.from({ length: 10 }, () => steps.overSocket('hello'))),
    Promise.all(Array.from({ length: 10 }, () => steps.overHttp('hello'))),
  ]);
  const fresh = [...acks.map(({ data }) => !data.duplicate), ...answers.map(({ status }) => status === 201)];
  expect(fresh.filter(Boolean)).toHaveLength(1);
  const ids = new Set([...acks.map(({ data }) => data.message.id), ...answers.map(({ body }) => body.id)]);
  expect(ids.size).toBe(1);
  await socket.settle();
  expect(socket.all('new_message')).toHaveLength(1);
});
