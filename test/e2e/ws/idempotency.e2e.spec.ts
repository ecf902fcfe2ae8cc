import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let owner: TestUser;
let other: TestUser;
let conversationId: string;
let socket: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  [owner, other] = await Promise.all([server.signUp(), server.signUp()]);
});
beforeEach(async () => {
  conversationId = await server.createConversation(owner, [other]);
  socket = await TestSocket.connect(server.url, owner.token);
  await socket.emit('join_room', { conversationId });
});
afterAll(() => server.stop());

const overHttp = (content: string, token = owner.token) =>
  server.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token,
    body: { content, clientMessageId: 'same' },
  });
const overSocket = (content: string) =>
  socket.emit('send_message', { conversationId, content, clientMessageId: 'same' });

test('sent twice over the socket: the stored message, a duplicate, pushed once', async () => {
  const first = await overSocket('hello');
  const second = await overSocket('hello');
  expect(first.data.duplicate).toBe(false);
  expect(second).toEqual({ ok: true, data: { message: first.data.message, duplicate: true } });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message]);
});

test('over HTTP, then over the socket: a duplicate of the same message, pushed once', async () => {
  const first = await overHttp('hello');
  expect(first.status).toBe(201);
  expect(await overSocket('hello')).toEqual({ ok: true, data: { message: first.body, duplicate: true } });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.body]);
});

test('over the socket, then over HTTP: 200 with the same message, pushed once', async () => {
  const first = await overSocket('hello');
  expect(await overHttp('hello')).toMatchObject({ status: 200, body: first.data.message });
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message]);
});

test('with other content: CLIENT_MESSAGE_ID_REUSED, and nothing happened', async () => {
  const first = await overHttp('hello');
  const message = expect.stringMatching(/\w/);
  const error = { code: 'CLIENT_MESSAGE_ID_REUSED', message, statusCode: 409 };
  expect(await overSocket('Hello')).toEqual({ ok: false, error });
  expect(socket.all('error')).toEqual([{ ...error, event: 'send_message', clientMessageId: 'same' }]);
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.body]);
  const next = await socket.emit('send_message', { conversationId, content: 'next' });
  expect(next.data.message).toMatchObject({ seq: 2, rev: 2 });
});

test('of another sender is another message', async () => {
  const first = await overSocket('hello');
  const second = await overHttp('hello', other.token);
  expect(second.status).toBe(201);
  await socket.settle();
  expect(socket.all('new_message')).toEqual([first.data.message, second.body]);
});

test('twenty at once over both transports: one message, stored and pushed once', async () => {
  const [acks, answers] = await Promise.all([
    Promise.all(Array.from({ length: 10 }, () => overSocket('hello'))),
    Promise.all(Array.from({ length: 10 }, () => overHttp('hello'))),
  ]);
  const fresh = [...acks.map(({ data }) => !data.duplicate), ...answers.map(({ status }) => status === 201)];
  expect(fresh.filter(Boolean)).toHaveLength(1);
  const ids = new Set([...acks.map(({ data }) => data.message.id), ...answers.map(({ body }) => body.id)]);
  expect(ids.size).toBe(1);
  await socket.settle();
  expect(socket.all('new_message')).toHaveLength(1);
});
