import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { signToken } from '../contract/operation-context.js';
import { fillMembers, insertUsers } from '../http/support.js';

const CROWD = 250;

interface Updated {
  readonly rev: number;
  readonly delta?: readonly object[];
  readonly message: { readonly reactions: readonly { readonly count: number }[] };
}

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '100000', THROTTLE_REACTIONS_LIMIT: '100000' })
  .extend('conversationId', ({ server, owner }) => server.createConversation(owner))
  .extend('place', async ({ server, owner, conversationId }) => {
    const path = `/chat/conversations/${conversationId}/messages`;
    const { body } = await server.call('POST', path, { token: owner.token, body: { content: 'Hello!' } });
    return { messageId: body.id, reactions: `${path}/${body.id}/reactions` };
  })
  .extend('crowd', async ({ server, conversationId }) => {
    const users = await insertUsers(server, CROWD);
    await server.database.query(
      'insert into conversation_members (conversation_id, user_id) select $1, unnest($2::uuid[])',
      [conversationId, users],
    );
    await server.database.query('update conversations set member_count = $2 where id = $1', [
      conversationId,
      CROWD + 1,
    ]);
    await fillMembers(server, conversationId, 5_000);
    return Promise.all(
      users.map(async (sub) => ({ id: sub, token: await signToken(server.config, { sub }) })),
    );
  });

it('of 250 members of 5,000 who react within a second the room gets one event a second', async ({
  server,
  connect,
  owner,
  conversationId,
  crowd,
  place: { messageId, reactions },
}) => {
  const listener = await connect(owner);
  await listener.emit('join_room', { conversationId });
  const began = performance.now();
  const answers = await Promise.all(crowd.map((user) => server.call('PUT', `${reactions}/x`, user)));
  const seconds = (performance.now() - began) / 1_000;
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body.own?.reactions).toEqual({ [messageId]: ['x'] });
  }
  await listener.settle();
  const events = listener.all('message_updated') as unknown as Updated[];
  // The first one at once, then at most one a second until the last is answered.
  expect(events.length).toBeGreaterThanOrEqual(2);
  expect(events.length).toBeLessThanOrEqual(1 + Math.floor(seconds));
  expect(events.map(({ rev }) => rev)).toEqual(events.map((_, index) => index + 2));
  expect(events.at(-1)?.message.reactions).toMatchObject([{ count: CROWD }]);
  // A delta is complete, or not there: with many at once it is not.
  const told = events.map(({ delta }) => delta?.length ?? 0);
  for (const [index, event] of events.entries()) {
    const count = event.message.reactions[0]?.count ?? 0;
    const before = events[index - 1]?.message.reactions[0]?.count ?? 0;
    expect(told[index]).toBe(count - before <= 50 ? count - before : 0);
  }
  const [row] = await server.database.query<{ count: number }>(
    'select count(*)::int from message_reactions where message_id = $1',
    [messageId],
  );
  expect(row?.count).toBe(CROWD);
});

it('a message and its reactions in a small room are not delayed', async ({
  server,
  connect,
  owner,
  member,
}) => {
  const conversationId = await server.createConversation(owner, [member]);
  const path = `/chat/conversations/${conversationId}/messages`;
  const { body } = await server.call('POST', path, { token: owner.token, body: { content: 'Hello!' } });
  const listener = await connect(owner);
  await listener.emit('join_room', { conversationId });
  for (const emoji of ['a', 'b', 'c'])
    await server.call('PUT', `${path}/${body.id}/reactions/${emoji}`, member);
  await listener.settle();
  expect(listener.all('message_updated')).toHaveLength(3);
});
