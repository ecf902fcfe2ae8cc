import { expect } from 'vitest';
import { countStatements } from '../../support/count-statements.js';
import { createMany } from '../../support/many-conversations.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { INSTANT, sendMessages } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  const list = async ({ token }: TestUser, query = '') => {
    const { status, body } = await server.call('GET', `/chat/conversations${query}`, { token });
    expect(status).toBe(200);
    return body;
  };
  const order = async (user: TestUser): Promise<string[]> =>
    (await list(user)).data.map(({ id }: { id: string }) => id);

  return { list, order };
});

it('is empty for a user without conversations', async ({ steps, server }) => {
  expect(await steps.list(await server.signUp())).toStrictEqual({ data: [], nextCursor: null });
});

it('shows each conversation to the letter, as its member sees it', async ({ steps, server, member }) => {
  const owner = await server.signUp('Ada');
  const { body: created } = await server.call('POST', '/chat/conversations', {
    token: owner.token,
    body: { title: 'Discussion', memberIds: [member.id] },
  });
  const [, second] = await sendMessages(server, owner, created.id, 2);
  const shared = {
    id: created.id,
    createdBy: owner.id,
    title: 'Discussion',
    createdAt: created.createdAt,
    updatedAt: second?.createdAt,
    lastSeq: 2,
    rev: 2,
    memberCount: 2,
    lastMessage: second,
  };
  const joinedAt = expect.stringMatching(INSTANT);
  expect(await steps.list(owner)).toStrictEqual({
    data: [{ ...shared, me: { role: 'owner', joinedAt, lastReadSeq: 2, unreadCount: 0 } }],
    nextCursor: null,
  });
  expect((await steps.list(member)).data[0]).toStrictEqual({
    ...shared,
    me: { role: 'member', joinedAt, lastReadSeq: 0, unreadCount: 2 },
  });
});

it('shows a conversation without messages with none', async ({ steps, server }) => {
  const owner = await server.signUp();
  const id = await server.createConversation(owner);
  const { data } = await steps.list(owner);
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ id, lastMessage: null, lastSeq: 0, title: null, memberCount: 1 });
  expect(data[0].updatedAt).toBe(data[0].createdAt);
});

it('holds what one is a member of, and nothing else', async ({ steps, server }) => {
  const [owner, other] = await Promise.all([server.signUp(), server.signUp()]);
  const mine = await server.createConversation(owner);
  const ours = await server.createConversation(owner, [other]);
  expect(await steps.order(other)).toEqual([ours]);
  expect(await steps.order(owner)).toEqual([ours, mine]);
  await server.database.query('delete from conversation_members where user_id = $1', [other.id]);
  expect(await steps.order(other)).toEqual([]);
});

it('puts the last activity first: the newest message, or the creation', async ({ steps, server, member }) => {
  const owner = await server.signUp();
  const first = await server.createConversation(owner, [member]);
  const second = await server.createConversation(owner, [member]);
  const third = await server.createConversation(owner, [member]);
  expect(await steps.order(owner)).toEqual([third, second, first]);
  await sendMessages(server, owner, first, 1);
  expect(await steps.order(owner)).toEqual([first, third, second]);
  await sendMessages(server, member, second, 1);
  expect(await steps.order(owner)).toEqual([second, first, third]);
  const fourth = await server.createConversation(owner);
  expect(await steps.order(owner)).toEqual([fourth, second, first, third]);
});

it('is not moved by reading, by adding members, by repeats and by refusals', async ({
  steps,
  server,
  member,
}) => {
  const [owner, newcomer] = await Promise.all([server.signUp(), server.signUp()]);
  const first = await server.createConversation(owner);
  const body = { content: 'Hello', clientMessageId: 'one' };
  const act = (method: string, path: string, sent?: unknown, { token } = owner) =>
    server.call(method, `/chat/conversations/${first}${path}`, { token, body: sent });
  await act('POST', '/messages', body);
  const second = await server.createConversation(owner);
  const [, before] = (await steps.list(owner)).data;
  const answers = [
    await act('GET', ''),
    await act('GET', '/messages'),
    await act('GET', '/messages?around=1'),
    await act('POST', '/members', { userId: newcomer.id }),
    await act('POST', '/members', { userId: newcomer.id }),
    await act('POST', '/messages', body),
    await act('POST', '/messages', { ...body, content: 'Other' }),
    await act('POST', '/messages', { content: '' }),
    await act('POST', '/messages', { content: 'Hello' }, member),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 201, 409, 200, 409, 400, 403]);
  const { data } = await steps.list(owner);
  expect(data.map(({ id }: { id: string }) => id)).toEqual([second, first]);
  expect(data[1]).toEqual({ ...before, rev: 2, memberCount: 2 });
});

it.for([0, 10, 600])('costs one statement a page with %i conversations', async (count, { steps, server }) => {
  const [owner, user] = await Promise.all([server.signUp(), server.signUp()]);
  await createMany(server.database, { owner: owner.id, members: [user.id], count, from: 0, step: 1 });
  const { result, statements } = await countStatements(server.database, async () => {
    const first = await steps.list(user);
    const next =
      first.nextCursor === null ? first : await steps.list(user, `?limit=100&cursor=${first.nextCursor}`);
    return { first, next };
  });
  expect(result.first.data).toHaveLength(Math.min(count, 20));
  // The poll for ended sessions runs every few seconds, independent of requests.
  const asked = statements.filter((text) => !/"(sessions|refresh_tokens)"/.test(text));
  expect(asked).toHaveLength(result.next === result.first ? 1 : 2);
});
