import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const test = apiTest
  .extend('ada', PER_FILE, ({ server }) => server.signUp('Ada'))
  .extend('bob', PER_FILE, ({ server }) => server.signUp('Bób 🦀'))
  .extend('conversationId', ({ server, ada, bob }) => server.createConversation(ada, [bob]))
  .extend('adas', ({ connect, ada }) => connect(ada))
  .extend('bobs', ({ connect, bob }) => connect(bob))
  .extend('steps', ({ server, conversationId, ada }) => {
    const path = (rest = '/messages') => `/chat/conversations/${conversationId}${rest}`;
    const call = (rest: string) => server.call('GET', path(rest), { token: ada.token });
    const sendOverHttp = async (content: string) =>
      (await server.call('POST', path(), { token: ada.token, body: { content } })).body;

    return { call, sendOverHttp };
  });

test('is one object everywhere: ack, push to both, HTTP page, window and list', async ({
  steps,
  adas,
  bobs,
  conversationId,
}) => {
  await Promise.all([adas, bobs].map((socket) => socket.emit('join_room', { conversationId })));
  const content = ' Zürich\n\t"quoted" 👩‍👩‍👧 \u2028 <b>&amp; ';
  const { data } = await bobs.emit('send_message', { conversationId, content, clientMessageId: 'one' });
  const { message } = data;
  expect(message.content).toBe(content);
  expect(await adas.waitFor('new_message', 1)).toEqual([message]);
  expect(await bobs.waitFor('new_message', 1)).toEqual([message]);
  expect((await steps.call('/messages')).body.data).toEqual([message]);
  expect((await steps.call('/messages?around=1')).body.data).toEqual([message]);
  expect((await steps.call('')).body.lastMessage).toEqual(message);
});

test('of a message sent over HTTP equals the HTTP answer, once for each joined socket, that of the sender too', async ({
  steps,
  adas,
  bobs,
  conversationId,
}) => {
  await Promise.all([adas, bobs].map((socket) => socket.emit('join_room', { conversationId })));
  const sent = await steps.sendOverHttp('over HTTP');
  await Promise.all([adas.settle(), bobs.settle()]);
  expect(adas.all('new_message')).toEqual([sent]);
  expect(bobs.all('new_message')).toEqual([sent]);
});

test('reaches every socket of a user that has joined, and only those', async ({
  steps,
  connect,
  bob,
  bobs,
  conversationId,
}) => {
  const second = await connect(bob);
  const third = await connect(bob);
  await Promise.all([bobs, second].map((socket) => socket.emit('join_room', { conversationId })));
  const sent = await steps.sendOverHttp('to two of three');
  await Promise.all([bobs, second, third].map((socket) => socket.settle()));
  expect([bobs, second, third].map((socket) => socket.all('new_message'))).toEqual([[sent], [sent], []]);
});

test('is not emitted to a member who has not joined, who may send nevertheless', async ({
  adas,
  conversationId,
  bobs,
}) => {
  await adas.emit('join_room', { conversationId });
  const { ok, data } = await bobs.emit('send_message', { conversationId, content: 'from outside' });
  expect(ok).toBe(true);
  await Promise.all([adas.settle(), bobs.settle()]);
  expect(adas.all('new_message')).toEqual([data.message]);
  expect(bobs.all('new_message')).toEqual([]);
});

test('is not emitted to a stranger, who cannot join', async ({ steps, server, connect, conversationId }) => {
  const strangers = await connect(await server.signUp());
  const { error } = await strangers.emit('join_room', { conversationId });
  expect(error?.code).toBe('NOT_CONVERSATION_MEMBER');
  await steps.sendOverHttp('private');
  await strangers.settle();
  expect(strangers.all('new_message')).toEqual([]);
});

test('ends with leave_room, and begins again with join_room', async ({ steps, bobs, conversationId }) => {
  await bobs.emit('join_room', { conversationId });
  const first = await steps.sendOverHttp('heard');
  await bobs.emit('leave_room', { conversationId });
  await steps.sendOverHttp('missed');
  const { data } = await bobs.emit('join_room', { conversationId });
  expect(data).toEqual({ conversationId, lastSeq: 2, rev: 2, epoch: expect.any(String) });
  const third = await steps.sendOverHttp('heard again');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([first, third]);
});

test('of one conversation is not emitted in another', async ({ steps, server, ada, bob, bobs }) => {
  const other = await server.createConversation(ada, [bob]);
  await bobs.emit('join_room', { conversationId: other });
  await steps.sendOverHttp('elsewhere');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([]);
});

test('leaving one room keeps the others', async ({ steps, server, ada, bob, bobs, conversationId }) => {
  const other = await server.createConversation(ada, [bob]);
  await bobs.emit('join_room', { conversationId });
  await bobs.emit('join_room', { conversationId: other });
  await bobs.emit('leave_room', { conversationId: other });
  const sent = await steps.sendOverHttp('still here');
  await bobs.settle();
  expect(bobs.all('new_message')).toEqual([sent]);
});
