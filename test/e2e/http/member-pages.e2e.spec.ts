import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { refusal, UNKNOWN_ID } from './support.js';

const MEMBERS = 250;

let server: TestServer;
let owner: TestUser;
let stranger: TestUser;
let id: string;
/** Members in the order of joining: some in one instant, some microseconds apart. */
let everybody: string[];

beforeAll(async () => {
  server = await TestServer.start();
  [owner, stranger] = await Promise.all([server.signUp(), server.signUp()]);
  id = await server.createConversation(owner);
  await join(id, MEMBERS - 1);
  const rows = await server.database.query<{ id: string }>(
    'select user_id as id from conversation_members where conversation_id = $1 order by joined_at, user_id',
    [id],
  );
  everybody = rows.map((row) => row.id);
});
afterAll(() => server.stop());

async function join(conversationId: string, count: number): Promise<void> {
  await server.database.query(
    `with added as (
       insert into users (email, password_hash, display_name)
       select gen_random_uuid() || '@b.c', '', 'Member' from generate_series(1, $2::int) returning id
     ), members as (
       insert into conversation_members (conversation_id, user_id, joined_at)
       select $1, id, now() + (row_number() over ()) / 3 * interval '1 microsecond' from added
     )
     update conversations set member_count = member_count + $2::int where id = $1`,
    [conversationId, count],
  );
}

const get = (path: string, token = owner.token) =>
  server.call('GET', `/chat/conversations/${path}`, { token });
const idsOf = (members: { userId: string }[]) => members.map(({ userId }) => userId);

it('a conversation has its first 100 members, the number of all, and a cursor to the others', async () => {
  const { body } = await get(id);
  expect(idsOf(body.members)).toEqual(everybody.slice(0, 100));
  expect(body.memberCount).toBe(MEMBERS);
  const next = await get(`${id}/members?cursor=${body.membersCursor}`);
  expect(idsOf(next.body.data)).toEqual(everybody.slice(100, 200));
});

it.each([100, 99, 7])('pages of %i show every member once, in the order of joining', async (limit) => {
  const found: string[] = [];
  let path: string | undefined = `${id}/members?limit=${limit}`;
  for (let page = 1; path && page <= MEMBERS; page += 1) {
    const { body }: { body: { data: { userId: string }[]; nextCursor: string | null } } = await get(path);
    found.push(...idsOf(body.data));
    expect(body.data.length).toBeLessThanOrEqual(limit);
    path = body.nextCursor === null ? undefined : `${id}/members?limit=${limit}&cursor=${body.nextCursor}`;
  }
  expect(found).toEqual(everybody);
});

it('a conversation of 100 has all of its members in it, and no cursor', async () => {
  const small = await server.createConversation(owner);
  await join(small, 99);
  const { body } = await get(small);
  expect(body.members).toHaveLength(100);
  expect(body).not.toHaveProperty('membersCursor');
  expect((await get(`${small}/members`)).body).toEqual({ data: body.members, nextCursor: null });
});

it('the answer to the creation of a conversation with 101 members contains their number', async () => {
  const { body } = await server.call('POST', '/chat/conversations', {
    token: owner.token,
    body: { memberIds: everybody.filter((each) => each !== owner.id).slice(0, 100) },
  });
  expect(body.memberCount).toBe(101);
  expect(body.members).toHaveLength(100);
  const { body: rest } = await get(`${body.id}/members?cursor=${body.membersCursor}`);
  expect(rest.data).toHaveLength(1);
});

it('refuses as the other routes of a conversation do', async () => {
  expect(refusal(await get(`${id}/members`, stranger.token))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await get(`${UNKNOWN_ID}/members`))).toBe('404 CONVERSATION_NOT_FOUND');
  expect(refusal(await get('me/members'))).toBe('400 VALIDATION_FAILED');
  expect(refusal(await server.call('GET', `/chat/conversations/${id}/members`))).toBe('401 TOKEN_MISSING');
});

it.each([
  'cursor=x',
  `cursor=${Buffer.from('1|00000000-0000-4000-8000-00000000dead').toString('base64url')}`,
])('a cursor of somewhere else is refused, whoever asks: %s', async (query) => {
  for (const token of [owner.token, stranger.token]) {
    expect(refusal(await get(`${id}/members?${query}`, token))).toBe('400 CURSOR_INVALID');
  }
});

it.each(['limit=0', 'limit=101', 'page=1', 'cursor=', 'limit=1&limit=2'])('%s is refused', async (query) => {
  expect(refusal(await get(`${id}/members?${query}`))).toBe('400 VALIDATION_FAILED');
});
