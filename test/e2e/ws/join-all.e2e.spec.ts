import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import type { Ack } from '../../support/test-socket.js';
import { RowLock } from './row-lock.js';

const test = apiTest
  .extend('ada', ({ server }) => server.signUp())
  .extend('bob', ({ server }) => server.signUp())
  .extend('adas', ({ connect, ada }) => connect(ada))
  .extend('bobs', ({ connect, bob }) => connect(bob))
  .extend('steps', ({ adas }) => ({
    say: (conversationId: string, content = 'x') => adas.emit('send_message', { conversationId, content }),
  }));

const idsOf = ({ data }: Ack) => data.conversations.map(({ conversationId }) => conversationId);

test('joins all conversations of the user and returns their heads, last activity first', async ({
  steps,
  server,
  ada,
  bob,
  bobs,
}) => {
  const first = await server.createConversation(ada, [bob]);
  const second = await server.createConversation(ada, [bob]);
  const notMine = await server.createConversation(ada);
  await steps.say(first, 'one');
  await steps.say(first, 'two');
  await bobs.emit('mark_read', { conversationId: first, seq: 1 });
  expect(await bobs.emit('join_all')).toEqual({
    ok: true,
    data: {
      conversations: [
        { conversationId: first, lastSeq: 2, rev: 2, unreadCount: 1 },
        { conversationId: second, lastSeq: 0, rev: 0, unreadCount: 0 },
      ],
      truncated: false,
      epoch: expect.any(String),
    },
  });
  await steps.say(second, 'heard');
  await steps.say(first, 'heard too');
  await steps.say(notMine, 'not for them');
  await bobs.settle();
  const received = bobs.all('new_message').map(({ content }) => content);
  expect(received).toEqual(['heard', 'heard too']);
});

test.for([[[]], [[{}]]] as const)(
  'accepts the payload %j, also twice, and each message is received once',
  async ([payload], { steps, server, ada, bob, bobs }) => {
    const id = await server.createConversation(ada, [bob]);
    await bobs.emit('join_room', { conversationId: id });
    const answers = [await bobs.emit('join_all', ...payload), await bobs.emit('join_all', ...payload)];
    expect(answers.map(idsOf)).toEqual([[id], [id]]);
    await steps.say(id);
    await bobs.settle();
    expect(bobs.all('new_message')).toHaveLength(1);
  },
);

test('is empty for a user without conversations', async ({ bobs }) => {
  const data = { conversations: [], truncated: false, epoch: expect.any(String) };
  expect(await bobs.emit('join_all')).toEqual({ ok: true, data });
});

test('leaves no gap: a message sent while it runs is in the head or received', async ({
  steps,
  server,
  ada,
  bob,
  bobs,
}) => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => server.createConversation(ada, [bob])));
  const sent = ids.flatMap((id) => Array.from({ length: 8 }, () => steps.say(id)));
  const { data } = await bobs.emit('join_all');
  await Promise.all(sent);
  await bobs.settle();
  for (const { conversationId, rev } of data.conversations) {
    const received = bobs.all('new_message').filter((one) => one['conversationId'] === conversationId);
    const missing = Array.from({ length: 8 - rev }, (_, index) => rev + 1 + index);
    expect(received.map((one) => one['rev'])).toEqual(expect.arrayContaining(missing));
  }
});

test('does not wait for writers', async ({ server, ada, bob, bobs }) => {
  const id = await server.createConversation(ada, [bob]);
  const lock = await RowLock.take(server, id);
  expect(idsOf(await bobs.emit('join_all'))).toEqual([id]);
  await lock.release();
});

test('joins the 1,000 most recently active ones, up to the limit of rooms, and is marked as truncated', async ({
  steps,
  server,
  ada,
  bob,
  bobs,
}) => {
  const rows = await server.database.query<{ id: string }>(
    `with created as (
       insert into conversations (created_by, member_count, updated_at)
       select $1, 2, timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, 1003) n
       returning id, updated_at
     ), joined as (
       insert into conversation_members (conversation_id, user_id)
       select id, user_id from created, unnest($2::uuid[]) user_id
     ) select id from created order by updated_at desc`,
    [ada.id, [ada.id, bob.id]],
  );
  const ids = rows.map(({ id }) => id);
  const first = await bobs.emit('join_all');
  expect(idsOf(first)).toEqual(ids.slice(0, 1_000));
  expect(first.data.truncated).toBe(true);

  for (const id of ids.slice(0, 3)) await bobs.emit('leave_room', { conversationId: id });
  for (const id of ids.slice(1_001, 1_003)) await bobs.emit('join_room', { conversationId: id });
  const second = await bobs.emit('join_all');
  expect(idsOf(second)).toEqual([...ids.slice(0, 1), ...ids.slice(3, 1_000)]);
  expect(second.data.truncated).toBe(true);
  for (const index of [0, 1, 999, 1_000, 1_001]) await steps.say(String(ids[index]), String(index));
  await bobs.settle();
  expect(bobs.all('new_message').map(({ content }) => content)).toEqual(['0', '999', '1001']);
});
