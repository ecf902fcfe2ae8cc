import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
let adas: TestSocket;
let bobs: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  [ada, bob] = await Promise.all([server.signUp('Ada'), server.signUp('Bób 🦀')]);
});
beforeEach(async () => {
  conversationId = await server.createConversation(ada, [bob]);
  [adas, bobs] = (await Promise.all(
    [ada, bob].map(({ token }) => TestSocket.connect(server.url, token)),
  )) as [TestSocket, TestSocket];
});
afterEach(() => {
  adas.close();
  bobs.close();
});
afterAll(() => server.stop());

const path = (rest = '/messages') => `/chat/conversations/${conversationId}${rest}`;
const call = (rest: string) => server.call('GET', path(rest), { token: ada.token });
const sendOverHttp = async (content: string) =>
  (await server.call('POST', path(), { token: ada.token, body: { content } })).body;

test('is one object everywhere: ack, push to both, HTTP page, window and list', async () => {
  await Promise.all([adas, bobs].map((socket) => socket.emit('join_room', { conversationId })));
  const content = ' Zürich\n\t"quoted" 👩‍👩‍👧 \u2028 <b>&amp; ';
  const { data } = await bobs.emit('send_message', { conversationId, content, clientMessageId: 'one' });
  const { message } = data;
  expect(message.content).toBe(content);
  expect(await adas.waitFor('new_message', 1)).toEqual([message]);
  expect(await bobs.waitFor('new_message', 1)).toEqual([message]);
  expect((await call('/messages')).body.data).toEqual([message]);
  expect((await call('/messages?around=1')).body.data).toEqual([message]);
  expect((await call('')).body.lastMessage).toEqual(message);
});

test('of a message sent over HTTP is the HTTP answer, once for each who joined, the sender too', async () => {
  await Promise.all([adas, bobs].map((socket) => socket.emit('join_room', { conversationId })));
  const sent = await sendOverHttp('over HTTP');
  await Promise.all([adas.settle(), bobs.settle()]);
  expect(adas.all('new_message')).toEqual([sent]);
  expect(bobs.all('new_message')).toEqual([sent]);
});

test('reaches every socket of a user that has joined, and only those', async () => {
  const second = await TestSocket.connect(server.url, bob.token);
  const third = await TestSocket.connect(server.url, bob.token);
  await Promise.all([bobs, second].map((socket) => socket.emit('join_room', { conversationId })));
  const sent = await sendOverHttp('to two of three');
  await Promise.all([bobs, second, third].map((socket) => socket.settle()));
  expect([bobs, second, third].map((socket) => socket.all('new_message'))).toEqual([[sent], [sent], []]);
  second.close();
  third.close();
});

test('is not for a member who has not joined, who may send all the same', async () => {
  await adas.emit('join_room', { conversationId });
  const { ok, data } = await bobs.emit('send_message', { conversationId, content: 'from outside' });
  expect(ok).toBe(true);
  await Promise.all([adas.settle(), bobs.settle()]);
  expect(adas.all('new_message')).toEqual([data.message]);
  expect(bobs.all('new_message')).toEqual([]);
});

test('is not for a stranger, who cannot join', async () => {
  const strangers = await TestSocket.connect(server.url, (await server.signUp()).token);
  const { error } = await strangers.emit('join_room', { conversationId });
  expect(error?.code).toBe('NOT_CONVERSATION_MEMBER');
  await sendOverHttp('private');
  await strangers.settle();
  expect(strangers.all('new_message')).toEqual([]);
  strangers.close();
});

test('ends with leave_room, and begins again with join_room', async () => {
  await bobs.emit('join_room', { conversationId });
  const first = await sendOverHttp('heard');
  await bobs.emit('leave_room', { conversationId });
  await sendOverHttp('missed');
  const { data } = await bobs.emit('join_room', { conversationId });
  expect(data).toEqual({ conversationId, lastSeq: 2, rev: 2, epoch: expect.any(String) });
  const third = await sendOverHttp('heard again');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([first, third]);
});

test('of one conversation is not heard in another', async () => {
  const other = await server.createConversation(ada, [bob]);
  await bobs.emit('join_room', { conversationId: other });
  await sendOverHttp('elsewhere');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([]);
});

test('leaving one room keeps the others', async () => {
  const other = await server.createConversation(ada, [bob]);
  await bobs.emit('join_room', { conversationId });
  await bobs.emit('join_room', { conversationId: other });
  await bobs.emit('leave_room', { conversationId: other });
  const sent = await sendOverHttp('still here');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([sent]);
});
