import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { sendMessages } from '../http/support.js';

const LATER = '2100-01-01T00:00:00.000Z';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_WS_LIMIT: '1000' })
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, owner, member, conversationId }) => {
    const path = `/chat/conversations/${conversationId}`;
    return {
      path,
      say: (count: number) => sendMessages(server, owner, conversationId, count),
      change: (body: object, { token } = member) => server.call('PATCH', `${path}/me`, { token, body }),
      clear: () => server.call('POST', `${path}/clear`, { token: member.token }),
      read: (suffix = '', { token } = member) => server.call('GET', path + suffix, { token }),
    };
  });

it('answers `me` as lists show it, and emits it to all sockets of the member, whatever they have joined', async ({
  steps,
  connect,
  member,
  owner,
  conversationId,
}) => {
  const [first, second, other] = [await connect(member), await connect(member), await connect(owner)];
  await other.emit('join_room', { conversationId });
  const { status, body } = await steps.change({ notify: 'mentions', mutedUntil: LATER, pinned: true });
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      notify: 'mentions',
      mutedUntil: LATER,
      pinnedAt: expect.any(String),
      version: 1,
    }),
  ]);
  expect((await steps.read()).body.me).toEqual(body);
  for (const socket of [first, second]) {
    expect(await socket.waitFor('me_updated', 1)).toEqual([{ conversationId, me: body }]);
  }
  await other.settle();
  expect(other.all('me_updated')).toEqual([]);
});

it('a repeat answers 200 and emits nothing', async ({ steps, connect, member }) => {
  const socket = await connect(member);
  const first = await steps.change({ archived: true });
  const second = await steps.change({ archived: true });
  expect(second).toMatchObject({ status: 200, body: first.body });
  // It is emitted after whatever waits for its second.
  await steps.change({ archived: false });
  const updates = await socket.waitFor<{ me: { version: number } }>('me_updated', 2);
  expect(updates.map(({ me }) => me.version)).toEqual([1, 2]);
});

it('marking as read emits `me_updated` to the other sockets of the member, not to the answered one', async ({
  steps,
  connect,
  member,
  conversationId,
}) => {
  await steps.say(3);
  const [reading, other] = [await connect(member), await connect(member)];
  const { data } = await reading.emit('mark_read', { conversationId, seq: 2 });
  expect(data).toEqual({ conversationId, lastReadSeq: 2, unreadCount: 1 });
  expect(await other.waitFor('me_updated', 1)).toMatchObject([
    { conversationId, me: { lastReadSeq: 2, unreadCount: 1 } },
  ]);
  await reading.settle();
  expect(reading.all('me_updated')).toEqual([]);
});

it('marking as unread goes back for the member alone, and reading goes forward from there', async ({
  steps,
  connect,
  member,
  owner,
  conversationId,
}) => {
  await steps.say(4);
  const [mine, others] = [await connect(member), await connect(owner)];
  await others.emit('join_room', { conversationId });
  await mine.emit('mark_read', { conversationId, seq: 3 });
  const { body } = await steps.change({ lastReadSeq: 1 });
  expect(body).toMatchObject({ lastReadSeq: 1, unreadCount: 3, version: 4 });
  const shown = (await steps.read('/members', owner)).body.data.find(({ userId }) => userId === member.id);
  expect(shown).toMatchObject({ lastReadSeq: 3 });
  const { data } = await mine.emit('mark_read', { conversationId, seq: 2 });
  expect(data).toEqual({ conversationId, lastReadSeq: 2, unreadCount: 2 });
  await mine.emit('mark_read', { conversationId, seq: 4 });
  expect(await others.waitFor('message_read', 2)).toMatchObject([{ lastReadSeq: 3 }, { lastReadSeq: 4 }]);
});

it('clearing answers 204, hides all until now, and leaves the others what they see', async ({
  steps,
  connect,
  member,
  owner,
  conversationId,
}) => {
  await steps.say(3);
  const socket = await connect(member);
  expect((await steps.clear()).status).toBe(204);
  expect(await socket.waitFor('me_updated', 1)).toMatchObject([
    { conversationId, me: { visibleFromSeq: 4, lastReadSeq: 3, unreadCount: 0 } },
  ]);
  await steps.say(2);
  const seqs = async (suffix: string, user = member) =>
    (await steps.read(suffix, user)).body.data.map(({ seq }) => seq);
  expect((await steps.read('/messages')).body).toMatchObject({ total: 2, data: [{ seq: 5 }, { seq: 4 }] });
  expect((await steps.read('/messages/window?before=5')).body).toMatchObject({
    hasMoreBefore: false,
    hasMoreAfter: true,
    data: [{ seq: 4 }],
  });
  expect(await seqs('/messages/window?after=0')).toEqual([5, 4]);
  expect(await seqs('/messages/window?around=1')).toEqual([5, 4]);
  expect(await seqs('/messages/window?before=3')).toEqual([]);
  expect(await seqs('/changes?since=0')).toEqual([4, 5]);
  expect(await seqs('/messages', owner)).toEqual([5, 4, 3, 2, 1]);
});

it.for<[string, object]>([
  ['nothing', {}],
  ['another level', { notify: 'some' }],
  ['no time', { mutedUntil: 'tomorrow' }],
  ['a time before times', { mutedUntil: '0000-01-01T00:00:00Z' }],
  ['a negative position', { lastReadSeq: -1 }],
  ['an unknown field', { muted: true }],
])('refuses %s', async ([, body], { steps }) => {
  expect(await steps.change(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
});

it('lists what the filters leave, page by page', async ({ server, owner, member, conversationId, steps }) => {
  const [second, third] = [
    await server.createConversation(owner, [member]),
    await server.createConversation(owner, [member]),
  ];
  const { token } = member;
  for (const id of [conversationId, second]) {
    await server.call('PATCH', `/chat/conversations/${id}/me`, { token, body: { archived: true } });
  }
  await steps.change({ pinned: true });
  const ids = async (query: string) => {
    const { body } = await server.call('GET', `/chat/conversations?${query}`, { token });
    return [body.data.map(({ id }) => id), body.nextCursor] as const;
  };
  const [first, cursor] = await ids('archived=true&limit=1');
  expect([...first, ...(await ids(`archived=true&limit=1&cursor=${cursor}`))[0]]).toEqual([
    second,
    conversationId,
  ]);
  expect((await ids('archived=true&pinned=true'))[0]).toEqual([conversationId]);
  expect((await ids('archived=false&type=group'))[0][0]).toBe(third);
  expect((await ids('archived=false'))[0]).not.toContain(second);
  expect((await ids('type=direct'))[0]).toEqual([]);
  const direct = await server.call('PUT', `/chat/conversations/direct/${owner.id}`, { token });
  expect((await ids('type=direct'))[0]).toEqual([direct.body.id]);
  expect((await ids('type=group'))[0]).not.toContain(direct.body.id);
});

it('adds up what is unread, without archived and muted conversations', async ({ server, owner }) => {
  const reader = await server.signUp();
  const { token } = reader;
  const ids: string[] = [];
  for (const count of [0, 1, 2, 4, 8]) {
    const id = await server.createConversation(owner, [reader]);
    await sendMessages(server, owner, id, count);
    ids.push(id);
  }
  const total = async (query = '') => (await server.call('GET', `/chat/unread${query}`, { token })).body;
  expect(await total()).toEqual({ conversations: 4, messages: 15, mentions: 0, capped: false });
  const change = (id = '', body: object) =>
    server.call('PATCH', `/chat/conversations/${id}/me`, { token, body });
  await change(ids[1], { archived: true });
  await change(ids[2], { mutedUntil: LATER });
  await change(ids[3], { mutedUntil: '2000-01-01T00:00:00Z' });
  const expected = { conversations: 2, messages: 12, mentions: 0, capped: false };
  expect([await total(), await total('?exact=true'), await total('?exact=false')]).toEqual([
    expected,
    expected,
    expected,
  ]);
});

it('lists who has read a message, without its sender and those who came later', async ({
  server,
  owner,
  member,
  steps,
}) => {
  await steps.say(2);
  const late = await server.signUp('Late');
  await server.call('POST', `${steps.path}/members`, { token: owner.token, body: { userId: late.id } });
  const { body: page } = await steps.read('/messages', owner);
  const [newest, oldest] = page.data;
  const readers = (id = '', user = owner) => steps.read(`/messages/${id}/readers`, user);
  expect((await readers(oldest?.id)).body).toEqual({ data: [], count: 0, nextCursor: null });
  await steps.change({ lastReadSeq: 1 });
  expect((await readers(oldest?.id)).body).toMatchObject({ data: [{ id: member.id }], count: 1 });
  expect((await readers(newest?.id)).body).toMatchObject({ data: [], count: 0 });
  await steps.clear();
  expect(await readers(oldest?.id, member)).toMatchObject({
    status: 404,
    body: { code: 'MESSAGE_NOT_FOUND' },
  });
  expect((await readers(newest?.id)).body).toMatchObject({ data: [{ id: member.id }], count: 1 });
});
