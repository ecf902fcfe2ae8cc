import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { AnswerBody } from '../../support/answer-body.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, sendMessages, UNKNOWN_THREAD } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_WS_LIMIT: '1000' })
  .extend('reader', ({ server }) => server.signUp('Rea'))
  .extend('conversationId', ({ server, owner, reader }) => server.createConversation(owner, [reader]))
  .extend('call', ({ server, reader }) => {
    const base = '/chat';
    return (method: string, path: string, body?: object, { token }: Pick<TestUser, 'token'> = reader) =>
      server.call(method, base + path, { token, ...(body && { body }) });
  })
  /** A thread at a message of the owner; nobody follows it. */
  .extend('threadId', async ({ server, owner, call, conversationId }) => {
    const [root] = await sendMessages(server, owner, conversationId, 1);
    const path = `/conversations/${conversationId}/messages/${root?.id}/thread`;
    return (await call('PUT', path, undefined, owner)).body.id;
  })
  .extend('thread', ({ server, owner, reader, call, threadId }) => ({
    follow: () => call('PUT', `/conversations/${threadId}/follow`),
    unfollow: () => call('DELETE', `/conversations/${threadId}/follow`),
    reply: (count = 1, by = owner) => sendMessages(server, by, threadId, count),
    position: (lastReadSeq: number) => call('PATCH', `/conversations/${threadId}/me`, { lastReadSeq }),
    unread: () => unreadIn(threadId, (path) => call('GET', path)),
    readerId: reader.id,
  }));

/** What is unread: the same in the list, in the thread itself, and whether the total counts it. */
async function unreadIn(
  threadId: string,
  read: (path: string) => Promise<{ readonly body: AnswerBody }>,
): Promise<number> {
  const { body: list } = await read('/threads');
  const { body: onlyUnread } = await read('/threads?unread=true');
  const { body: detail } = await read(`/conversations/${threadId}`);
  const { body: total } = await read('/unread');
  const { lastReadSeq, unreadCount } = detail.me;
  expect(list.data).toMatchObject([
    {
      thread: { id: threadId, type: 'thread', parent: { seq: 1 } },
      root: { seq: 1, thread: { id: threadId } },
      me: { lastReadSeq, unreadCount },
    },
  ]);
  expect([onlyUnread.data.length, total.threads]).toEqual(unreadCount > 0 ? [1, 1] : [0, undefined]);
  return unreadCount;
}

it('following is idempotent, and refused where the thread is not there', async ({
  server,
  owner,
  stranger,
  call,
  conversationId,
  threadId,
  thread,
}) => {
  for (let time = 1; time <= 2; time += 1) expect((await thread.follow()).status).toBe(204);
  expect(await thread.unread()).toBe(0);
  for (let time = 1; time <= 2; time += 1) expect((await thread.unfollow()).status).toBe(204);
  expect((await call('GET', '/threads')).body).toEqual({ data: [], nextCursor: null });
  const late = await server.signUp();
  const body = { userId: late.id, history: 'none' };
  await call('POST', `/conversations/${conversationId}/members`, body, owner);
  for (const method of ['PUT', 'DELETE']) {
    const of = async (id: string, by?: TestUser) =>
      refusal(await call(method, `/conversations/${id}/follow`, undefined, by));
    expect(await of(threadId, stranger)).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(await of(threadId, late)).toBe('404 CONVERSATION_NOT_FOUND');
    expect(await of(UNKNOWN_THREAD)).toBe('404 CONVERSATION_NOT_FOUND');
    expect(await of(conversationId)).toBe('404 CONVERSATION_NOT_FOUND');
  }
  const ofLate = await call('GET', `/conversations/${conversationId}/threads`, undefined, late);
  expect(ofLate.body).toEqual({ data: [], nextCursor: null });
});

it('whoever writes follows, and so does the author of the root at the first reply', async ({
  owner,
  reader,
  call,
  thread,
}) => {
  await thread.reply(1, reader);
  expect(await thread.unread()).toBe(0);
  const { body } = await call('GET', '/threads', undefined, owner);
  expect(body.data).toMatchObject([{ me: { lastReadSeq: 0, unreadCount: 1 } }]);
});

it('own reactions to the messages at which threads have begun are beside the lists', async ({
  owner,
  call,
  conversationId,
  thread,
}) => {
  await thread.follow();
  const { body: page } = await call('GET', `/conversations/${conversationId}/messages`);
  const rootId = page.data[0]?.id ?? '';
  const react = (emoji: string, by?: TestUser) =>
    call('PUT', `/conversations/${conversationId}/messages/${rootId}/reactions/${emoji}`, undefined, by);
  await react('%F0%9F%91%8D');
  await react('%E2%9D%A4%EF%B8%8F', owner);
  for (const path of ['/threads', `/conversations/${conversationId}/threads`]) {
    expect((await call('GET', path)).body.own).toEqual({ reactions: { [rootId]: ['👍'] } });
  }
});

it('what is unread follows from numbers: it survives edits and deletions, and is right after marks in both directions', async ({
  owner,
  call,
  threadId,
  thread,
}) => {
  await thread.follow();
  const [first, second] = await thread.reply(4);
  expect(await thread.unread()).toBe(4);
  const reply = `/conversations/${threadId}/messages/`;
  await call('PATCH', reply + first?.id, { content: 'Edited' }, owner);
  await call('DELETE', reply + second?.id, undefined, owner);
  expect(await thread.unread()).toBe(4);
  expect((await thread.position(3)).body).toMatchObject({ lastReadSeq: 3, unreadCount: 1 });
  expect(await thread.unread()).toBe(1);
  expect((await thread.position(0)).body).toMatchObject({ lastReadSeq: 0, unreadCount: 4 });
  expect(await thread.unread()).toBe(4);
  await thread.position(9);
  expect(await thread.unread()).toBe(0);
});

it('only the read position is the reader’s own', async ({ call, threadId, thread }) => {
  await thread.follow();
  for (const body of [{ pinned: true }, { notify: 'none', lastReadSeq: 1 }, { archived: true }])
    expect(refusal(await call('PATCH', `/conversations/${threadId}/me`, body))).toBe(
      '409 THREAD_NOT_ALLOWED',
    );
});

it('clearing the parent hides the thread, and counts nothing of it', async ({
  call,
  conversationId,
  threadId,
  thread,
}) => {
  await thread.follow();
  await thread.reply(2);
  await call('POST', `/conversations/${conversationId}/clear`);
  expect((await call('GET', '/threads')).body.data).toEqual([]);
  expect((await call('GET', '/unread')).body).not.toHaveProperty('threads');
  expect((await call('GET', `/conversations/${conversationId}/threads`)).body.data).toEqual([]);
  expect(refusal(await thread.position(1))).toBe('404 CONVERSATION_NOT_FOUND');
  expect(refusal(await call('GET', `/conversations/${threadId}`))).toBe('404 CONVERSATION_NOT_FOUND');
});

it('who is removed and added again follows nothing', async ({
  owner,
  reader,
  call,
  conversationId,
  thread,
}) => {
  await thread.follow();
  await thread.reply(2);
  const members = `/conversations/${conversationId}/members`;
  await call('DELETE', `${members}/${reader.id}`, undefined, owner);
  expect((await call('GET', '/threads')).body.data).toEqual([]);
  expect((await call('GET', '/unread')).body).not.toHaveProperty('threads');
  await call('POST', members, { userId: reader.id }, owner);
  expect((await call('GET', '/threads')).body.data).toEqual([]);
  expect((await thread.position(0)).body).toMatchObject({ lastReadSeq: 2, unreadCount: 0 });
  await thread.reply(1, reader);
  await thread.reply(1);
  expect(await thread.unread()).toBe(1);
});

it('mentions in a thread are counted with its unread replies', async ({ owner, reader, call, threadId }) => {
  const send = (body: object) => call('POST', `/conversations/${threadId}/messages`, body, owner);
  await send({ content: 'Nobody' });
  await send({ content: 'You', mentions: [reader.id] });
  await send({ content: 'All', mentionsAll: true });
  const { body } = await call('GET', '/threads?unread=true');
  expect(body.data).toMatchObject([{ me: { lastReadSeq: 1, unreadCount: 2, mentionCount: 2 } }]);
});

it('an edit of a reply mentions members of the parent, who follow by that', async ({
  owner,
  stranger,
  reader,
  call,
  threadId,
  thread,
}) => {
  const [reply] = await thread.reply(2);
  const edit = (mentions: string[]) =>
    call('PATCH', `/conversations/${threadId}/messages/${reply?.id}`, { mentions }, owner);
  expect((await edit([stranger.id, reader.id])).body.message.mentions).toEqual([reader.id]);
  expect((await call('GET', '/mentions')).body.data).toMatchObject([{ id: reply?.id }]);
  expect(await thread.unread()).toBe(2);
  expect((await edit([reader.id, stranger.id])).body.message).toMatchObject({
    mentions: [reader.id],
    rev: 3,
  });
  expect((await edit([])).body.message.mentions).toBeUndefined();
  expect((await call('GET', '/mentions')).body.data).toEqual([]);
});

it('a mark is heard by the others in the thread, and by the other devices of who reads', async ({
  connect,
  owner,
  reader,
  threadId,
  thread,
}) => {
  await thread.follow();
  await thread.reply(3);
  const [mine, other, room] = [await connect(reader), await connect(reader), await connect(owner)];
  await room.emit('join_room', { conversationId: threadId });
  const { data } = await mine.emit('mark_read', { conversationId: threadId, seq: 2 });
  expect(data).toEqual({ conversationId: threadId, lastReadSeq: 2, unreadCount: 1 });
  const read = { conversationId: threadId, userId: thread.readerId, lastReadSeq: 2 };
  expect(await room.waitFor('message_read', 1)).toEqual([read]);
  const [heard] = await other.waitFor('me_updated', 1);
  expect(heard).toMatchObject({
    conversationId: threadId,
    me: { role: 'member', lastReadSeq: 2, unreadCount: 1 },
  });
  await thread.unfollow();
  await mine.emit('mark_read', { conversationId: threadId, seq: 3 });
  await room.settle();
  expect(room.all('message_read')).toEqual([read]);
});
