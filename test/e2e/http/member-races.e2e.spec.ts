import { expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { rounds } from '../../support/rounds.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { fillMembers, insertUsers, refusal, sortedStatuses, storedHead } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server, owner }) => ({
  add: (conversationId: string, userId: string) =>
    server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token: owner.token,
      body: { userId },
    }),
}));

it('adds one user once in ten parallel tries: one 201, nine 409, one rev', async ({
  steps,
  server,
  owner,
}) => {
  const id = await server.createConversation(owner);
  const newcomer = await server.signUp();
  const answers = await Promise.all(Array.from({ length: 10 }, () => steps.add(id, newcomer.id)));
  const added = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(added).toHaveLength(1);
  expect(refused.map(refusal)).toEqual(Array(9).fill('409 ALREADY_CONVERSATION_MEMBER'));
  expect(await storedHead(server, id)).toEqual({
    lastSeq: 0,
    rev: 1,
    membersRev: 1,
    memberCount: 2,
    rows: 2,
  });
});

it('adds ten users in parallel, each with a rev, in between messages', async ({ steps, server, owner }) => {
  const id = await server.createConversation(owner);
  const newcomers = await insertUsers(server, 10);
  const answers = await Promise.all(
    newcomers.flatMap((userId, n) => [
      steps.add(id, userId),
      server.call('POST', `/chat/conversations/${id}/messages`, {
        token: owner.token,
        body: { content: `message ${n}` },
      }),
    ]),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 10, rev: 20, memberCount: 11, rows: 11 });
  const rows = await server.database.query<{ seq: number; rev: number }>(
    'select seq::int, rev::int from messages where conversation_id = $1 order by seq',
    [id],
  );
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const revs = rows.map(({ rev }) => rev);
  expect(revs).toEqual([...new Set(revs)].toSorted((one, other) => one - other));
});

it('is full at 5,000: the last place is given once, and nothing of a refusal stays', async ({
  steps,
  server,
  owner,
}) => {
  const id = await server.createConversation(owner);
  await fillMembers(server, id, 4_999);
  const newcomers = await insertUsers(server, 3);
  const answers = await Promise.all(newcomers.map((userId) => steps.add(id, userId)));
  expect(sortedStatuses(answers)).toEqual([201, 409, 409]);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused.map(refusal)).toEqual(Array(2).fill('409 CONVERSATION_FULL'));
  expect(await storedHead(server, id)).toEqual({
    lastSeq: 0,
    rev: 1,
    membersRev: 1,
    memberCount: 5_000,
    rows: 5_000,
  });
});

it('shows a full conversation whole, page by page', async ({ server, owner }) => {
  const id = await server.createConversation(owner);
  await fillMembers(server, id, 5_000);
  const get = (path: string) =>
    server.call('GET', `/chat/conversations/${id}${path}`, { token: owner.token });
  const { status, body } = await get('');
  expect([status, body.memberCount, body.members.length]).toEqual([200, 5_000, 100]);
  const found = body.members.map(({ userId }) => userId);
  let cursor: string | null = body.membersCursor;
  for (const _ of rounds(50)) {
    if (cursor === null) break;
    const { body: page }: ApiAnswer = await get(`/members?cursor=${cursor}`);
    found.push(...page.data.map(({ userId }) => userId));
    cursor = page.nextCursor;
  }
  expect(new Set(found).size).toBe(5_000);
  expect(found).toHaveLength(5_000);
});
