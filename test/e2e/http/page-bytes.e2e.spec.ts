import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnswerBody } from '../../support/answer-body.js';
import { rounds } from '../../support/rounds.js';
import { TestServer, type TestUser } from '../../support/test-server.js';

const MIB = 1_048_576;
const MESSAGES = 600;
/** Characters with six bytes of JSON each: a message has 24 kB, and 43 of them do not fit. */
const WORST = '\u0001'.repeat(4_000);
const WHOLE_PAGE = 40;

let server: TestServer;
let owner: TestUser;
let id: string;

interface Shown {
  readonly seq: number;
  readonly content: string;
}

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
  id = await server.createConversation(owner);
  await fill(id, MESSAGES);
});
afterAll(() => server.stop());

async function fill(conversationId: string, count: number): Promise<void> {
  await server.database.query(
    `with sent as (
       insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
       select $1, $2, $4, n, n, '' from generate_series(1, $3::int) n
     )
     update conversations set last_seq = $3, rev = $3 where id = $1`,
    [conversationId, owner.id, count, WORST],
  );
}

async function get(path: string) {
  const response = await fetch(`${server.url}/chat/conversations${path}`, {
    headers: { authorization: `Bearer ${owner.token}` },
  });
  const bytes = (await response.clone().arrayBuffer()).byteLength;
  expect(bytes).toBeLessThanOrEqual(MIB);
  return { bytes, body: (await response.json()) as AnswerBody };
}

const seqs = (data: readonly Shown[]) => data.map(({ seq }) => seq);
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => from - n);

it('changes end at 1 MiB and continue from there, each message once and complete', async () => {
  const found: Shown[] = [];
  let since = 0;
  for (const _ of rounds(MESSAGES)) {
    const { body, bytes } = await get(`/${id}/changes?since=${since}&limit=500`);
    expect(body.data.length).toBeGreaterThanOrEqual(1);
    expect(bytes).toBeGreaterThan(body.hasMore ? MIB - 60_000 : 0);
    found.push(...body.data);
    expect(body.rev).toBe(body.data.at(-1)?.rev);
    since = body.rev;
    if (!body.hasMore) break;
  }
  expect(seqs(found)).toEqual(down(MESSAGES, 1).toReversed());
  expect(new Set(found.map(({ content }) => content))).toEqual(new Set([WORST]));
});

it('a numbered page omits its oldest messages, reports that, and `before` the last one shown returns them', async () => {
  const { body } = await get(`/${id}/messages?page=2&limit=100`);
  const shown = seqs(body.data);
  expect(body).toMatchObject({ total: MESSAGES, page: 2, limit: 100, truncated: true });
  expect(shown).toEqual(down(500, 501 - shown.length));
  expect(shown.length).toBeGreaterThanOrEqual(WHOLE_PAGE);
  const last = shown.at(-1) ?? 0;
  const { body: rest } = await get(`/${id}/messages?before=${last}&limit=1`);
  expect(seqs(rest.data)).toEqual([last - 1]);
});

it('a numbered page that fits is not marked as truncated', async () => {
  const { body } = await get(`/${id}/messages?page=1&limit=${WHOLE_PAGE}`);
  expect(Object.keys(body)).toEqual(['data', 'total', 'page', 'limit']);
  expect(body.data).toHaveLength(WHOLE_PAGE);
});

it('a window before a place leaves out the oldest', async () => {
  const { body } = await get(`/${id}/messages?before=201&limit=100`);
  const shown = seqs(body.data);
  expect(shown).toEqual(down(200, 201 - shown.length));
  expect(body).toMatchObject({ hasMoreBefore: true, hasMoreAfter: true });
  const { body: end } = await get(`/${id}/messages?before=90&limit=100`);
  expect(end.hasMoreBefore).toBe(true);
});

it('a window after a place leaves out the newest', async () => {
  const { body } = await get(`/${id}/messages?after=510&limit=100`);
  const shown = seqs(body.data);
  expect(shown).toEqual(down(510 + shown.length, 511));
  expect(shown.length).toBeGreaterThanOrEqual(WHOLE_PAGE);
  expect(body).toMatchObject({ hasMoreBefore: true, hasMoreAfter: true });
});

it.each([1, 20, 300, MESSAGES])(
  'a window around %i has that place in it, and is without holes',
  async (place) => {
    const { body } = await get(`/${id}/messages?around=${place}&limit=100`);
    const shown = seqs(body.data);
    expect(shown).toContain(place);
    expect(shown.length).toBeGreaterThanOrEqual(WHOLE_PAGE);
    expect(shown).toEqual(down(shown[0] ?? 0, shown.at(-1) ?? 0));
    expect(body).toMatchObject({ hasMoreBefore: shown.at(-1) !== 1, hasMoreAfter: shown[0] !== MESSAGES });
  },
);

it('the list of conversations ends at 1 MiB, and its cursor continues there', async () => {
  const reader = owner;
  const ids = await Promise.all(Array.from({ length: 60 }, () => server.createConversation(reader)));
  for (const each of ids) await fill(each, 1);
  const found: string[] = [];
  let cursor = '';
  for (const _ of rounds(10)) {
    const { body } = await get(`?limit=100${cursor}`);
    found.push(...body.data.map((each: { id: string }) => each.id));
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(found).toHaveLength(61);
  expect(new Set(found)).toEqual(new Set([...ids, id]));
});

it('the list of members in changes is complete while it fits, and omitted with a mark otherwise', async () => {
  const crowd = await server.createConversation(owner);
  await fill(crowd, 100);
  const name = async (text: string) =>
    server.database.query(
      'update users set display_name = $2 from conversation_members where conversation_id = $1 and user_id = users.id',
      [crowd, text],
    );
  await server.database.query(
    `with added as (
       insert into users (email, password_hash, display_name)
       select gen_random_uuid() || '@b.c', '', 'Member' from generate_series(1, 4999) returning id
     ), members as (insert into conversation_members (conversation_id, user_id) select $1, id from added)
     update conversations set member_count = 5000, members_rev = 100, rev = 101 where id = $1`,
    [crowd],
  );
  const { body: whole } = await get(`/${crowd}/changes?limit=500`);
  expect(whole.members).toHaveLength(5_000);
  expect(whole).not.toHaveProperty('membersTruncated');
  expect(whole.data.length).toBeGreaterThanOrEqual(1);
  await name('👋'.repeat(80));
  const { body: without } = await get(`/${crowd}/changes?limit=500`);
  expect(without).not.toHaveProperty('members');
  expect(without.membersTruncated).toBe(true);
  expect(without.data.length).toBeGreaterThanOrEqual(WHOLE_PAGE);
  const { body: unchanged } = await get(`/${crowd}/changes?since=100&limit=500`);
  expect(unchanged).not.toHaveProperty('membersTruncated');
});
