import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, sendMessages } from './support.js';

const it = apiTest
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('newestFirst', PER_FILE, async ({ server, owner, id }) =>
    (await sendMessages(server, owner, id, 23)).toReversed(),
  )
  .extend('steps', PER_FILE, ({ server, id, owner }) => ({
    page: (query: string, conversationId = id) =>
      server.call('GET', `/chat/conversations/${conversationId}/messages${query}`, { token: owner.token }),
  }));

it('returns the newest 20 first by default', async ({ steps, newestFirst }) => {
  const { status, body } = await steps.page('');
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: newestFirst.slice(0, 20), total: 23, page: 1, limit: 20 });
});

it.for([
  [1, 10, 0, 10],
  [2, 10, 10, 20],
  [3, 10, 20, 23],
  [1, 1, 0, 1],
  [23, 1, 22, 23],
  [1, 23, 0, 23],
  [1, 100, 0, 23],
  [2, 20, 20, 23],
] as const)(
  'page %d of %d holds exactly what lies there',
  async ([number, limit, from, to], { steps, newestFirst }) => {
    const { body } = await steps.page(`?page=${number}&limit=${limit}`);
    expect(body).toStrictEqual({ data: newestFirst.slice(from, to), total: 23, page: number, limit });
  },
);

it.for([
  [4, 10],
  [24, 1],
  [2, 23],
  [2, 100],
  [1_000_000, 100],
  [Number.MAX_SAFE_INTEGER, 1],
  [Number.MAX_SAFE_INTEGER, 100],
] as const)('page %d of %d, past the end, is empty', async ([number, limit], { steps }) => {
  const { status, body } = await steps.page(`?page=${number}&limit=${limit}`);
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: [], total: 23, page: number, limit });
});

it('is empty for a conversation without messages', async ({ steps, server, owner }) => {
  const empty = await server.createConversation(owner);
  expect((await steps.page('', empty)).body).toStrictEqual({ data: [], total: 0, page: 1, limit: 20 });
  expect((await steps.page('?page=2&limit=5', empty)).body).toStrictEqual({
    data: [],
    total: 0,
    page: 2,
    limit: 5,
  });
});

it('counts a message as soon as it was sent', async ({ steps, server, owner }) => {
  const fresh = await server.createConversation(owner);
  const [first] = await sendMessages(server, owner, fresh, 1);
  expect((await steps.page('', fresh)).body).toMatchObject({ data: [first], total: 1 });
  const [second] = await sendMessages(server, owner, fresh, 1);
  expect((await steps.page('', fresh)).body).toMatchObject({ data: [second, first], total: 2 });
});

it('shows only the messages of its conversation', async ({ steps, server, owner, newestFirst }) => {
  const other = await server.createConversation(owner);
  const [only] = await sendMessages(server, owner, other, 1);
  expect((await steps.page('?limit=100', other)).body.data).toEqual([only]);
  expect((await steps.page('?limit=100')).body.data).toEqual(newestFirst);
});

it('shows the sender’s present name', async ({ steps, server, owner }) => {
  const renamed = await server.signUp('Before');
  const own = await server.createConversation(renamed, [owner]);
  await sendMessages(server, renamed, own, 1);
  await server.database.query(
    `update users set display_name = 'After', avatar_url = '/a.png' where id = $1`,
    [renamed.id],
  );
  const sender = { id: renamed.id, displayName: 'After', avatarUrl: '/a.png' };
  expect((await steps.page('', own)).body.data[0].sender).toStrictEqual(sender);
  expect((await steps.page('?around=1', own)).body.data[0].sender).toStrictEqual(sender);
});

it.for(['', '?page=2', '?before=5', '?after=5', '?around=5'])(
  'is for members only: %s',
  async (query, { server, id, stranger }) => {
    const answer = await server.call('GET', `/chat/conversations/${id}/messages${query}`, {
      token: stranger.token,
    });
    expect(refusal(answer)).toBe('403 NOT_CONVERSATION_MEMBER');
  },
);
