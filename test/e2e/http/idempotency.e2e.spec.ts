import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, sendMessages, sortedStatuses, storedHead } from './support.js';

const it = apiTest
  .extend('id', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, id }) => ({
    send: (user: TestUser, content: string, clientMessageId: unknown, conversationId = id) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: user.token,
        body: { content, clientMessageId },
      }),
  }));

it('answers 201, then 200 with the very same message', async ({ steps, server, owner, member, id }) => {
  const first = await steps.send(owner, 'Hello', 'one');
  const between = await steps.send(member, 'In between', 'one');
  const again = await steps.send(owner, 'Hello', 'one');
  expect([first.status, between.status, again.status]).toEqual([201, 201, 200]);
  expect(again.body).toStrictEqual(first.body);
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 2, rev: 2 });
});

it('does not move the position of the sender who repeats', async ({ steps, server, owner, member, id }) => {
  await steps.send(owner, 'Hello', 'one');
  await steps.send(member, 'In between', 'two');
  await steps.send(owner, 'Hello', 'one');
  const { body } = await server.call('GET', `/chat/conversations/${id}`, { token: owner.token });
  expect(body.me).toMatchObject({ lastReadSeq: 1, unreadCount: 1 });
});

it.for([
  ['other words', 'Hello!'],
  ['another case', 'hello'],
  ['a blank more', 'Hello '],
] as const)(
  'refuses %s under a used id, and stores nothing',
  async ([_label, content], { steps, server, owner, id }) => {
    const { body: stored } = await steps.send(owner, 'Hello', 'one');
    expect(refusal(await steps.send(owner, content, 'one'))).toBe('409 CLIENT_MESSAGE_ID_REUSED');
    expect((await steps.send(owner, 'Hello', 'one')).body).toStrictEqual(stored);
    expect(await storedHead(server, id)).toMatchObject({ lastSeq: 1, rev: 1 });
  },
);

it('distinguishes composed from decomposed characters', async ({ steps, owner }) => {
  expect((await steps.send(owner, 'é', 'one')).status).toBe(201);
  expect(refusal(await steps.send(owner, 'e\u0301', 'one'))).toBe('409 CLIENT_MESSAGE_ID_REUSED');
});

it('compares with the content as first sent, also after it was changed', async ({ steps, server, owner }) => {
  const { body } = await steps.send(owner, 'Hello', 'one');
  await server.database.query(`update messages set content = 'Edited' where id = $1`, [body.id]);
  const again = await steps.send(owner, 'Hello', 'one');
  expect([again.status, again.body.id]).toEqual([200, body.id]);
  expect(refusal(await steps.send(owner, 'Edited', 'one'))).toBe('409 CLIENT_MESSAGE_ID_REUSED');
});

it('knows an id for ever: a year and many messages later', async ({ steps, server, owner, id, member }) => {
  const { body } = await steps.send(owner, 'Hello', 'one');
  await server.database.query(
    `update messages set created_at = created_at - interval '1 year' where conversation_id = $1`,
    [id],
  );
  await sendMessages(server, member, id, 30);
  const again = await steps.send(owner, 'Hello', 'one');
  expect([again.status, again.body.id, again.body.seq]).toEqual([200, body.id, 1]);
  expect(refusal(await steps.send(owner, 'Other', 'one'))).toBe('409 CLIENT_MESSAGE_ID_REUSED');
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 31 });
});

it('is a constraint of the table: a second row is refused', async ({ steps, server, owner }) => {
  const { body } = await steps.send(owner, 'Hello', 'one');
  const copy = server.database.query(
    `insert into messages (conversation_id, sender_id, content, seq, rev, client_message_id, content_sha256)
     select conversation_id, sender_id, content, seq + 1, rev + 1, client_message_id, content_sha256
     from messages where id = $1`,
    [body.id],
  );
  await expect(copy).rejects.toMatchObject({ constraint: 'messages_client_message_id_key' });
});

it('keeps the ids of each sender and of each conversation apart', async ({
  steps,
  server,
  owner,
  member,
}) => {
  const other = await server.createConversation(owner, [member]);
  const answers = [
    await steps.send(owner, 'mine', 'one'),
    await steps.send(member, 'theirs', 'one'),
    await steps.send(owner, 'elsewhere', 'one', other),
    await steps.send(owner, 'in capitals', 'ONE'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(4);
});

it('stores without an id as often as it is sent', async ({ steps, server, owner, id }) => {
  const answers = [await steps.send(owner, 'Hello', undefined), await steps.send(owner, 'Hello', undefined)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 2 });
});

it('stores one row for parallel sends of the same', async ({ steps, server, owner, id }) => {
  const key = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => steps.send(owner, 'Hello', key)));
  expect(sortedStatuses(answers)).toEqual([200, 200, 201]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const rows = await server.database.query('select id from messages where conversation_id = $1', [id]);
  expect(rows).toHaveLength(1);
});

it('stores one of parallel sends of different words under one id', async ({ steps, server, owner, id }) => {
  const answers = await Promise.all(['a', 'b', 'c'].map((content) => steps.send(owner, content, 'one')));
  expect(sortedStatuses(answers)).toEqual([201, 409, 409]);
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 1, rev: 1 });
});

it('answers a removed member 403, repeat or not', async ({ steps, server, member, id }) => {
  expect((await steps.send(member, 'Hello', 'one')).status).toBe(201);
  await server.database.query(
    'delete from conversation_members where conversation_id = $1 and user_id = $2',
    [id, member.id],
  );
  expect(refusal(await steps.send(member, 'Hello', 'one'))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await steps.send(member, 'Other', 'one'))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await steps.send(member, 'Hello', 'two'))).toBe('403 NOT_CONVERSATION_MEMBER');
});

it('takes ids of 1 and 64 characters', async ({ steps, owner }) => {
  for (const key of ['x', 'aZ09_-'.repeat(10) + 'abcd']) {
    const { status, body } = await steps.send(owner, 'Hello', key);
    expect([status, body.clientMessageId]).toEqual([201, key]);
  }
});

it.for(['', 'x'.repeat(65), 'a b', 'é', 'a.b', 'a\n', '🦊', 5, null, ['one'], {}])(
  'refuses %j as an id',
  async (key, { steps, owner }) => {
    const answer = await steps.send(owner, 'Hello', key);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details[0].path).toBe('clientMessageId');
  },
);
