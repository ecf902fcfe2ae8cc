import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { RoomEmitterPort } from '../../../src/arch/common/application/ports/room-emitter.port.js';
import { MessageChangePort } from '../../../src/arch/modules/chat/application/ports/message-change.port.js';
import { refusal } from '../http/support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner }) => server.createConversation(owner))
  .extend('steps', ({ server, conversationId, owner, member }) => ({
    say: (content: string) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: owner.token,
        body: { content },
      }),
    add: (history?: unknown, id = conversationId) =>
      server.call('POST', `/chat/conversations/${id}/members`, {
        token: owner.token,
        body: { userId: member.id, history },
      }),
    read: async (path: string, { token } = member) =>
      (await server.call('GET', `/chat/conversations/${conversationId}${path}`, { token })).body,
  }));

it('a member who is added with the history hidden sees what comes later, and nothing of before', async ({
  steps,
  connect,
  owner,
  member,
  conversationId,
}) => {
  const [mine, others] = [await connect(member), await connect(owner)];
  await others.emit('join_room', { conversationId });
  await steps.say('before 1');
  await steps.say('before 2');
  const { status, body } = await steps.add('none');
  expect([status, body]).toMatchObject([201, { userId: member.id, role: 'member', lastReadSeq: 2 }]);
  const [added] = await mine.waitFor('conversation_added', 1);
  expect(added).toMatchObject({ lastMessage: null, me: { visibleFromSeq: 3, unreadCount: 0 } });
  await mine.emit('join_room', { conversationId });
  await steps.say('after');
  await mine.waitFor('new_message', 1);
  expect(mine.all('new_message')).toMatchObject([{ content: 'after', seq: 3 }]);
  for (const path of ['/messages', '/messages/window?around=1', '/changes?since=0'])
    expect((await steps.read(path)).data.map(({ content }) => content)).toEqual(['after']);
  expect(await steps.read('')).toMatchObject({ lastMessage: { content: 'after' }, me: { unreadCount: 1 } });
  expect((await steps.read('/messages', owner)).data).toHaveLength(3);
  // The others do not learn what the new member sees.
  await others.settle();
  expect(JSON.stringify([body, others.all('member_added')])).not.toMatch(/visible|history/i);
});

it.for(['join_room', 'join_all'])(
  'a hidden message that another node emits late does not reach who has joined with %s meanwhile',
  async (event, { server, steps, connect, owner, member, conversationId }) => {
    const [mine, others] = [await connect(member), await connect(owner)];
    await others.emit('join_room', { conversationId });
    const { body: message } = await steps.say('before');
    await steps.add('none');
    await mine.emit(event, event === 'join_room' ? { conversationId } : {});
    const emitter = server.app.get(RoomEmitterPort);
    emitter.emitToRoom('/chat', conversationId, 'new_message', { ...message, conversationId });
    await steps.say('after');
    await mine.waitFor('new_message', 1);
    await others.waitFor('new_message', 3);
    expect(mine.all('new_message')).toMatchObject([{ content: 'after' }]);
  },
);

it('a change of a hidden message does not reach who may not see it', async ({
  server,
  steps,
  connect,
  owner,
  member,
  conversationId,
}) => {
  const [mine, others] = [await connect(member), await connect(owner)];
  const { body: hidden } = await steps.say('before');
  await steps.add('none');
  const { body: shown } = await steps.say('after');
  for (const socket of [mine, others]) await socket.emit('join_room', { conversationId });
  const change = (messageId: string, content: string) =>
    server.app
      .get(MessageChangePort)
      .change(conversationId, owner.id, messageId, () => ({ kind: 'edited', content, keepsEarlier: true }));
  await change(hidden.id, 'before, edited');
  await change(shown.id, 'after, edited');
  await others.waitFor('message_updated', 2);
  await mine.waitFor('message_updated', 1);
  expect(mine.all('message_updated')).toMatchObject([
    { conversationId, rev: 5, change: 'edited', actorId: owner.id, message: { content: 'after, edited' } },
  ]);
});

it('a reply to a hidden message shows who may not see it the place alone, also after changes', async ({
  server,
  steps,
  connect,
  owner,
  member,
  conversationId,
}) => {
  const sockets = [
    await connect(member),
    await connect(member, { transports: ['polling'] }),
    await connect(owner),
  ];
  const { body: hidden } = await steps.say('before');
  await steps.add('none');
  for (const socket of sockets) await socket.emit('join_room', { conversationId });
  const path = `/chat/conversations/${conversationId}/messages`;
  const { body: reply } = await server.call('POST', path, {
    token: owner.token,
    body: { content: 'after', replyToId: hidden.id },
  });
  await server.call('PATCH', `${path}/${reply.id}`, { token: owner.token, body: { content: 'edited' } });
  await server.call('DELETE', `${path}/${reply.id}`, { token: owner.token });
  const place = { id: hidden.id, seq: 1 };
  const whole = { ...place, senderId: owner.id, excerpt: 'before' };
  for (const [index, socket] of sockets.entries()) {
    await socket.waitFor('message_updated', 2);
    const replyTo = index === 2 ? whole : place;
    expect(socket.all('new_message')).toEqual([{ ...reply, replyTo }]);
    const messages = socket.all('message_updated').map((payload) => payload['message']);
    expect(messages).toMatchObject([
      { content: 'edited', replyTo },
      { content: '', replyTo },
    ]);
    expect(messages.map((message) => Object.keys((message as typeof reply).replyTo))).toEqual([
      Object.keys(replyTo),
      Object.keys(replyTo),
    ]);
  }
  expect((await steps.read('/messages')).data[0]).toMatchObject({ replyTo: place });
});

it.for(['all', undefined])(
  'with the history %s a new member sees everything from before, read',
  async (history, { steps }) => {
    await steps.say('before');
    expect((await steps.add(history)).status).toBe(201);
    const { data } = await steps.read('/messages');
    expect(data.map(({ content }) => content)).toEqual(['before']);
    const { me } = await steps.read('');
    expect(me).toMatchObject({ lastReadSeq: 1, unreadCount: 0 });
    expect(me).not.toHaveProperty('visibleFromSeq');
  },
);

it('a member from whom it is hidden shows it to nobody either, where every member may add', async ({
  server,
  steps,
  owner,
  member,
  stranger,
  conversationId,
}) => {
  await steps.say('before');
  await steps.add('none');
  await server.call('PATCH', `/chat/conversations/${conversationId}`, {
    token: owner.token,
    body: { adding: 'all' },
  });
  const added = await server.call('POST', `/chat/conversations/${conversationId}/members`, {
    token: member.token,
    body: { userId: stranger.id, history: 'all' },
  });
  expect(added.status).toBe(201);
  expect((await steps.read('/messages', stranger)).data).toEqual([]);
  await steps.say('after');
  expect((await steps.read('/messages', stranger)).data).toMatchObject([{ content: 'after' }]);
});

it('in a conversation without messages, hidden history shows the first one', async ({ steps }) => {
  expect((await steps.add('none')).status).toBe(201);
  await steps.say('first');
  expect(await steps.read('')).toMatchObject({
    lastMessage: { content: 'first' },
    me: { unreadCount: 1 },
  });
});

it('who is added again sees what the later addition says', async ({
  steps,
  server,
  owner,
  member,
  conversationId,
}) => {
  const remove = () =>
    server.call('DELETE', `/chat/conversations/${conversationId}/members/${member.id}`, {
      token: owner.token,
    });
  const seen = async () => (await steps.read('/messages')).data.map(({ content }) => content);
  await steps.say('1');
  await steps.add('none');
  await steps.say('2');
  expect(await seen()).toEqual(['2']);
  await remove();
  await steps.add('all');
  expect(await seen()).toEqual(['2', '1']);
  await remove();
  await steps.add('none');
  expect(await seen()).toEqual([]);
});

it.for(['some', '', null, 1, ['all']])('refuses the history %j', async (history, { steps }) => {
  expect(refusal(await steps.add(history))).toBe('400 VALIDATION_FAILED');
});
