import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal, sendMessages, sortedStatuses, UNKNOWN_ID, UNKNOWN_THREAD } from './support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('root', async ({ server, owner, conversationId }) => {
    const [root] = await sendMessages(server, owner, conversationId, 1);
    return String(root?.id);
  })
  .extend('steps', ({ server, member, conversationId }) => {
    const call = (method: string, path: string, { token } = member, body?: object) =>
      server.call(method, `/chat/conversations/${path}`, { token, ...(body && { body }) });
    return {
      call,
      open: (messageId: string, by = member, id = conversationId) =>
        call('PUT', `${id}/messages/${messageId}/thread`, by),
    };
  });

it('a thread is a conversation with the members of its parent, and the room hears of it once', async ({
  server,
  steps,
  connect,
  owner,
  member,
  root,
  conversationId,
}) => {
  const socket = await connect(owner);
  await socket.emit('join_room', { conversationId });
  const { status, body } = await steps.open(root);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    type: 'thread',
    parent: { conversationId, messageId: root, seq: 1 },
    createdBy: member.id,
    title: null,
    lastSeq: 0,
    rev: 0,
    memberCount: 2,
    lastMessage: null,
    me: { role: 'member', lastReadSeq: 0, unreadCount: 0 },
  });
  expect(body.members.map(({ userId }: { userId: string }) => userId).toSorted()).toEqual(
    [owner.id, member.id].toSorted(),
  );
  const again = await steps.open(root, owner);
  expect([again.status, again.body.id]).toEqual([200, body.id]);
  const [event] = await socket.waitFor('message_updated', 1);
  expect(event).toMatchObject({ conversationId, rev: 2, change: 'thread', actorId: member.id });
  await socket.settle();
  expect(socket.all('message_updated')).toHaveLength(1);
  expect((await steps.call('GET', body.id)).body).toEqual(body);
  expect((await steps.call('GET', body.id, owner)).body).toMatchObject({ me: { role: 'owner' } });
  const { body: list } = await server.call('GET', '/chat/conversations', { token: owner.token });
  expect(list.data.map(({ id }: { id: string }) => id)).not.toContain(body.id);
});

it('a message has one thread, whoever opens it at the same time', async ({ server, steps, owner, root }) => {
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? steps.open(root) : steps.open(root, owner))),
  );
  expect(sortedStatuses(answers)).toEqual([...Array.from({ length: 15 }, () => 200), 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  const [row] = await server.database.query(
    'select count(*)::int as threads from conversations where root_seq is not null and parent_id = (select conversation_id from messages where id = $1)',
    [root],
  );
  expect(row).toEqual({ threads: 1 });
});

it('is refused to strangers, and not there for whoever may not see the root', async ({
  server,
  steps,
  owner,
  stranger,
  root,
  conversationId,
}) => {
  const { body: thread } = await steps.open(root);
  const newcomer = await server.signUp();
  await steps.call('POST', `${conversationId}/members`, owner, { userId: newcomer.id, history: 'none' });
  for (const path of [
    '',
    '/messages',
    '/messages/window?around=1',
    '/changes?since=0',
    '/members',
    '/pins',
  ]) {
    expect(refusal(await steps.call('GET', thread.id + path, stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(refusal(await steps.call('GET', thread.id + path, newcomer))).toBe('404 CONVERSATION_NOT_FOUND');
    expect((await steps.call('GET', thread.id + path)).status).toBe(200);
  }
  expect(refusal(await steps.open(root, stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await steps.open(root, newcomer))).toBe('404 MESSAGE_NOT_FOUND');
  expect(refusal(await steps.open(UNKNOWN_ID))).toBe('404 MESSAGE_NOT_FOUND');
});

it('ends for readers with its parent', async ({ steps, owner, member, root, conversationId }) => {
  const { body: thread } = await steps.open(root);
  expect((await steps.call('DELETE', conversationId, owner)).status).toBe(204);
  for (const reader of [owner, member])
    expect(refusal(await steps.call('GET', thread.id, reader))).toBe('404 CONVERSATION_NOT_FOUND');
});

it('begins at no deleted message, in no thread, and only where one may send', async ({
  server,
  steps,
  owner,
  root,
  conversationId,
}) => {
  const { body: thread } = await steps.open(root);
  const [deleted] = await sendMessages(server, owner, conversationId, 1);
  await steps.call('DELETE', `${conversationId}/messages/${deleted?.id}`, owner);
  expect(refusal(await steps.open(String(deleted?.id)))).toBe('409 THREAD_NOT_ALLOWED');
  expect(refusal(await steps.open(root, owner, thread.id))).toBe('409 THREAD_NOT_ALLOWED');
  const [another] = await sendMessages(server, owner, conversationId, 1);
  await steps.call('PATCH', conversationId, owner, { posting: 'admins' });
  expect(refusal(await steps.open(String(another?.id)))).toBe('403 POSTING_RESTRICTED');
  expect((await steps.open(String(another?.id), owner)).status).toBe(201);
  expect((await steps.call('GET', thread.id)).body).toMatchObject({ posting: 'admins' });
  // What is there stays, also when its root is deleted.
  await steps.call('DELETE', `${conversationId}/messages/${root}`, owner);
  expect((await steps.open(root)).status).toBe(200);
});

it('has no members, settings, bans, invites and history of its own', async ({
  steps,
  owner,
  member,
  stranger,
  root,
}) => {
  const { body: thread } = await steps.open(root);
  const requests = [
    ['POST', '/members', { userId: stranger.id }],
    ['PATCH', `/members/${member.id}`, { role: 'admin' }],
    ['DELETE', `/members/${member.id}`],
    ['DELETE', `/members/${owner.id}`],
    ['GET', '/bans'],
    ['PUT', `/bans/${member.id}`, {}],
    ['DELETE', `/bans/${member.id}`],
    ['GET', '/invites'],
    ['POST', '/invites', {}],
    ['DELETE', `/invites/${UNKNOWN_ID}`],
    ['PATCH', '', { title: 'New' }],
    ['PATCH', '', { metadata: { a: 1 } }],
    ['DELETE', ''],
    ['POST', '/clear'],
  ] as const;
  for (const [method, path, body] of requests) {
    const request = `${method} ${path}`;
    const ask = (by: typeof owner, id = thread.id) => steps.call(method, id + path, by, body);
    expect([request, refusal(await ask(owner))]).toEqual([request, '409 THREAD_NOT_ALLOWED']);
    // Others do not learn that it is one.
    expect([request, refusal(await ask(stranger))]).toEqual([request, '403 NOT_CONVERSATION_MEMBER']);
    const unknown = refusal(await ask(owner, UNKNOWN_THREAD));
    expect([request, unknown]).toEqual([request, '404 CONVERSATION_NOT_FOUND']);
  }
  expect((await steps.call('GET', `${thread.id}/members`)).body.data).toHaveLength(2);
});

it('shows its replies in pages, windows and changes, and as the last message', async ({
  server,
  steps,
  owner,
  root,
}) => {
  const { body: thread } = await steps.open(root);
  const [reply] = await sendMessages(server, owner, thread.id, 1);
  for (const [path, read] of [
    ['/messages', ({ data }) => data],
    ['/messages/window?around=1', ({ data }) => data],
    ['/changes?since=0', ({ data }) => data],
    ['/changes?since=0&events=true', ({ data }) => data],
    [`/messages/${reply?.id}`, ({ message }) => [message]],
    ['', ({ lastMessage }) => [lastMessage]],
  ] as const satisfies readonly [string, (found: Record<string, unknown>) => unknown][]) {
    const { status, body } = await steps.call('GET', thread.id + path);
    expect([path, status, read(body as never)]).toEqual([path, 200, [reply]]);
  }
  expect((await steps.call('GET', `${thread.id}/messages/${reply?.id}/versions`, owner)).status).toBe(200);
  expect((await steps.call('GET', `${thread.id}/messages/${reply?.id}/reactions`)).status).toBe(200);
  expect((await steps.call('GET', thread.id)).body).toMatchObject({ lastSeq: 1, rev: 1 });
});

it('is written to by members of the parent who see the root, and by nobody else', async ({
  server,
  steps,
  owner,
  member,
  stranger,
  root,
  conversationId,
}) => {
  const { body: thread } = await steps.open(root);
  const [reply] = await sendMessages(server, member, thread.id, 1);
  const newcomer = await server.signUp();
  await steps.call('POST', `${conversationId}/members`, owner, { userId: newcomer.id, history: 'none' });
  const former = await server.signUp();
  await steps.call('POST', `${conversationId}/members`, owner, { userId: former.id });
  await steps.call('DELETE', `${conversationId}/members/${former.id}`, owner);
  const message = `/messages/${reply?.id}`;
  const requests = [
    ['POST', '/messages', { content: 'Hello!' }],
    ['POST', '/messages', { content: 'Hello!', mentions: [owner.id] }],
    ['PATCH', message, { content: 'New' }],
    ['PUT', `${message}/reactions/x`],
    ['DELETE', `${message}/reactions/x`],
    ['PUT', `${message}/pin`],
    ['DELETE', `${message}/pin`],
    ['PUT', `${message}/thread`],
    ['PATCH', '/me', { lastReadSeq: 0 }],
    ['PUT', '/follow'],
    ['DELETE', '/follow'],
    ['DELETE', message],
  ] as const;
  for (const [method, path, body] of requests) {
    const ask = async (by: typeof owner) => refusal(await steps.call(method, thread.id + path, by, body));
    const request = `${method} ${path}`;
    for (const user of [stranger, former])
      expect([request, await ask(user)]).toEqual([request, '403 NOT_CONVERSATION_MEMBER']);
    expect([request, await ask(newcomer)]).toEqual([request, '404 CONVERSATION_NOT_FOUND']);
  }
  const { body: found } = await steps.call('GET', `${thread.id}/messages`);
  expect(found.data).toEqual([reply]);
});
