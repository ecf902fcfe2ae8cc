import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { INSTANT, refusal, sendMessages, storedHead, UNKNOWN_ID, UUID } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  send: (user: TestUser, id: string, body: unknown = { content: 'Hello' }) =>
    server.call('POST', `/chat/conversations/${id}/messages`, { token: user.token, body }),
  detail: async (user: TestUser, id: string) =>
    (await server.call('GET', `/chat/conversations/${id}`, { token: user.token })).body,
}));

it('answers 201 with the message, to the letter, and every page shows the same', async ({
  steps,
  server,
  owner,
  member,
}) => {
  const id = await server.createConversation(owner, [member]);
  const { status, body } = await steps.send(owner, id, { content: 'Hello!', clientMessageId: 'a-Z_0' });
  expect(status).toBe(201);
  expect(body).toStrictEqual({
    id: expect.stringMatching(UUID),
    conversationId: id,
    senderId: owner.id,
    sender: { id: owner.id, displayName: 'Ada', avatarUrl: null },
    content: 'Hello!',
    createdAt: expect.stringMatching(INSTANT),
    seq: 1,
    rev: 1,
    clientMessageId: 'a-Z_0',
    editedAt: null,
    deletedAt: null,
  });
  expect(body.id[14]).toBe('7');
  const [page, window, seen] = await Promise.all([
    server.call('GET', `/chat/conversations/${id}/messages`, { token: member.token }),
    server.call('GET', `/chat/conversations/${id}/messages?around=1`, { token: member.token }),
    steps.detail(member, id),
  ]);
  expect(page.body.data).toStrictEqual([body]);
  expect(window.body.data).toStrictEqual([body]);
  expect(seen.lastMessage).toStrictEqual(body);
});

it('answers null for an id that the sender did not give', async ({ steps, server, owner }) => {
  const id = await server.createConversation(owner);
  expect((await steps.send(owner, id)).body.clientMessageId).toBeNull();
});

it('numbers messages 1, 2, 3 … per conversation, whoever sends', async ({ steps, server, owner, member }) => {
  const [one, two] = await Promise.all([
    server.createConversation(owner, [member]),
    server.createConversation(owner, [member]),
  ]);
  const sent = [
    await steps.send(owner, one),
    await steps.send(member, one),
    await steps.send(owner, two),
    await steps.send(member, one),
    await steps.send(member, two),
  ].map(({ body }) => [body.conversationId, body.seq, body.rev]);
  expect(sent).toEqual([
    [one, 1, 1],
    [one, 2, 2],
    [two, 1, 1],
    [one, 3, 3],
    [two, 2, 2],
  ]);
});

it('leaves no holes when many send at once', async ({ steps, server, owner, member }) => {
  const id = await server.createConversation(owner, [member]);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => steps.send(n % 2 ? owner : member, id)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(201));
  const bySeq = answers.map(({ body }) => body).toSorted((a, b) => a.seq - b.seq);
  expect(bySeq.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  expect(bySeq.map(({ rev }) => rev)).toEqual(bySeq.map(({ seq }) => seq));
  const times: number[] = bySeq.map(({ createdAt }) => Date.parse(createdAt));
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 40, rev: 40 });
});

it('uses no number up for what it refuses', async ({ steps, server, owner, stranger }) => {
  const id = await server.createConversation(owner);
  await sendMessages(server, owner, id, 1);
  const refused = [
    await steps.send(owner, id, { content: '' }),
    await steps.send(stranger, id),
    await steps.send(owner, id, { content: 'x', seq: 7 }),
  ];
  expect(refused.map(refusal)).toEqual([
    '400 VALIDATION_FAILED',
    '403 NOT_CONVERSATION_MEMBER',
    '400 VALIDATION_FAILED',
  ]);
  expect((await steps.send(owner, id)).body).toMatchObject({ seq: 2, rev: 2 });
});

it('moves the sender’s own position up to the message, and no other', async ({
  steps,
  server,
  owner,
  member,
}) => {
  const id = await server.createConversation(owner, [member]);
  await sendMessages(server, owner, id, 3);
  expect((await steps.detail(owner, id)).me).toMatchObject({ lastReadSeq: 3, unreadCount: 0 });
  expect((await steps.detail(member, id)).me).toMatchObject({ lastReadSeq: 0, unreadCount: 3 });
  await steps.send(member, id);
  expect((await steps.detail(member, id)).me).toMatchObject({ lastReadSeq: 4, unreadCount: 0 });
  expect((await steps.detail(owner, id)).me).toMatchObject({ lastReadSeq: 3, unreadCount: 1 });
});

it('is for members of conversations that there are', async ({ steps, server, owner, stranger }) => {
  const id = await server.createConversation(owner);
  expect(refusal(await steps.send(stranger, id))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await steps.send(owner, UNKNOWN_ID))).toBe('404 CONVERSATION_NOT_FOUND');
  expect(refusal(await steps.send(owner, 'malformed'))).toBe('400 VALIDATION_FAILED');
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 0, rev: 0 });
});

it('takes the sender from the token alone', async ({ steps, server, owner, member }) => {
  const id = await server.createConversation(owner, [member]);
  const answer = await steps.send(owner, id, { content: 'x', senderId: member.id });
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
});
