import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { refusal, sendMessages } from './support.js';

let server: TestServer;
let owner: TestUser;
let stranger: TestUser;
let id: string;
let newestFirst: unknown[];

beforeAll(async () => {
  server = await TestServer.start();
  [owner, stranger] = await Promise.all([server.signUp(), server.signUp()]);
  id = await server.createConversation(owner);
  newestFirst = (await sendMessages(server, owner, id, 23)).toReversed();
});
afterAll(() => server.stop());

const page = (query: string, conversationId = id) =>
  server.call('GET', `/chat/conversations/${conversationId}/messages${query}`, { token: owner.token });

it('answers the newest 20 first when nothing is asked for', async () => {
  const { status, body } = await page('');
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: newestFirst.slice(0, 20), total: 23, page: 1, limit: 20 });
});

it.each([
  [1, 10, 0, 10],
  [2, 10, 10, 20],
  [3, 10, 20, 23],
  [1, 1, 0, 1],
  [23, 1, 22, 23],
  [1, 23, 0, 23],
  [1, 100, 0, 23],
  [2, 20, 20, 23],
])('page %d of %d holds exactly what lies there', async (number, limit, from, to) => {
  const { body } = await page(`?page=${number}&limit=${limit}`);
  expect(body).toStrictEqual({ data: newestFirst.slice(from, to), total: 23, page: number, limit });
});

it.each([
  [4, 10],
  [24, 1],
  [2, 23],
  [2, 100],
  [1_000_000, 100],
  [Number.MAX_SAFE_INTEGER, 1],
  [Number.MAX_SAFE_INTEGER, 100],
])('page %d of %d, past the end, is empty', async (number, limit) => {
  const { status, body } = await page(`?page=${number}&limit=${limit}`);
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: [], total: 23, page: number, limit });
});

it('is empty for a conversation without messages', async () => {
  const empty = await server.createConversation(owner);
  expect((await page('', empty)).body).toStrictEqual({ data: [], total: 0, page: 1, limit: 20 });
  expect((await page('?page=2&limit=5', empty)).body).toStrictEqual({
    data: [],
    total: 0,
    page: 2,
    limit: 5,
  });
});

it('counts at once what was sent a moment ago', async () => {
  const fresh = await server.createConversation(owner);
  const [first] = await sendMessages(server, owner, fresh, 1);
  expect((await page('', fresh)).body).toMatchObject({ data: [first], total: 1 });
  const [second] = await sendMessages(server, owner, fresh, 1);
  expect((await page('', fresh)).body).toMatchObject({ data: [second, first], total: 2 });
});

it('shows only the messages of its conversation', async () => {
  const other = await server.createConversation(owner);
  const [only] = await sendMessages(server, owner, other, 1);
  expect((await page('?limit=100', other)).body.data).toEqual([only]);
  expect((await page('?limit=100')).body.data).toEqual(newestFirst);
});

it('shows the sender’s present name', async () => {
  const renamed = await server.signUp('Before');
  const own = await server.createConversation(renamed, [owner]);
  await sendMessages(server, renamed, own, 1);
  await server.database.query(
    `update users set display_name = 'After', avatar_url = '/a.png' where id = $1`,
    [renamed.id],
  );
  const sender = { id: renamed.id, displayName: 'After', avatarUrl: '/a.png' };
  expect((await page('', own)).body.data[0].sender).toStrictEqual(sender);
  expect((await page('?around=1', own)).body.data[0].sender).toStrictEqual(sender);
});

it.each(['', '?page=2', '?before=5', '?after=5', '?around=5'])('is for members only: %s', async (query) => {
  const answer = await server.call('GET', `/chat/conversations/${id}/messages${query}`, {
    token: stranger.token,
  });
  expect(refusal(answer)).toBe('403 NOT_CONVERSATION_MEMBER');
});
