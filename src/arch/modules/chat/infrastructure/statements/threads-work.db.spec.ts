import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { addReplies, openThread } from '../../../../../../test/support/threads.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationHeadsReader } from '../adapters/conversation-heads.reader.js';
import { ThreadFollowersAdapter } from '../adapters/thread-followers.adapter.js';
import { OwnMembershipAdapter } from '../adapters/own-membership.adapter.js';
import { encodeCursor } from '../../../../common/infrastructure/database/instant-cursor.js';

const THREADS = 2_000;
const FOLLOWED = 1_500;
const REPLIES = 20_000;
const MEMBERS = 2_000;
const PAGE = 20;
/** Columns of the indexes of each table, counted since the connection was opened; PostgreSQL reports its own figures immediately. */
const entriesOf = (table: string) =>
  `(select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = '${table}'::regclass)::int as ${table}`;
const TABLES = ['conversations', 'conversation_members', 'thread_followers', 'messages'] as const;
const WORK = `
select (select sum(pg_stat_get_xact_numscans(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)::int as scans,
  ${TABLES.map(entriesOf).join(', ')}`;

type Work = Record<'scans' | (typeof TABLES)[number], number>;

/** A thread for each message of $1 up to $3, one a minute; the first $4 are followed by $2. Of $5 they are opened. */
const FILL_THREADS = `
with said as (
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select $1, $5, 'hello', n, n, '' from generate_series(4, $3::int) n
), opened as (
  insert into conversations (id, type, created_by, parent_id, root_seq, member_count, updated_at)
  select overlay(gen_random_uuid()::text placing '8' from 15 for 1)::uuid, 'thread', $5, $1, n, 0,
    timestamptz '2026-01-01' + n * interval '1 minute'
  from generate_series(4, $3::int) n
  returning id, root_seq
)
insert into thread_followers (thread_id, parent_id, user_id) select id, $1, $2 from opened where root_seq <= $4`;
const FILL_REPLIES = `
insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
select $1, $2, 'hello', n, n, '' from generate_series(2, $3::int) n`;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let followers: ThreadFollowersAdapter;
let heads: ConversationHeadsReader;
let memberships: OwnMembershipAdapter;
let owner: string;
let me: string;
let parent: string;
/** A thread of many replies. */
let large: string;

async function workOf(work: () => Promise<unknown>): Promise<Work> {
  return database.transaction(async (client) => {
    const read = async () => (await client.query<Work>(WORK)).rows[0] as Work;
    const before = await read();
    await work();
    const after = await read();
    const difference = Object.keys(after).map((name) => {
      const key = name as keyof Work;
      return [key, after[key] - before[key]];
    });
    return Object.fromEntries(difference) as Work;
  });
}
/** Matches work that is not above any of the bounds. */
const atMost = (bounds: Work) =>
  Object.fromEntries(
    Object.entries(bounds).map(([what, bound]) => [
      what,
      expect.toSatisfy((count: number) => count <= bound, `at most ${bound}`),
    ]),
  );
const cursorAt = (rootSeq: number) =>
  encodeCursor({
    instant: String((Date.UTC(2026, 0, 1) + rootSeq * 60_000) * 1_000),
    id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  });
const findFollowed = (cursor?: string, isUnread = false) =>
  followers.findFollowed({ userId: me, limit: PAGE, cursor, isUnread });
const findOfConversation = (cursor?: string, visibleFrom = 1) =>
  followers.findOfConversation({ conversationId: parent, visibleFrom, userId: me, limit: PAGE, cursor });

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  followers = new ThreadFollowersAdapter(database);
  heads = new ConversationHeadsReader(database);
  memberships = new OwnMembershipAdapter(database, subject.live);
  owner = await signUp(subject);
  me = await signUp(subject);
  parent = await converse(subject, owner, me);
  await say(subject, parent, owner, 2);
  large = await openThread(subject, parent, 1, owner);
  await addReplies(subject, large, owner, 1);
  // Plans made while the tables are nearly empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) {
    await findFollowed();
    await findFollowed(undefined, true);
    await findOfConversation();
    await heads.countUnread(me, 1_000);
    await heads.countUnread(me);
    await memberships.markRead(large, me, 0);
    await followers.follow(large, me);
    await followers.unfollow(large, me);
  }
  await subject.postgres.query(FILL_THREADS, [parent, me, THREADS, FOLLOWED, owner]);
  await subject.postgres.query(FILL_REPLIES, [large, owner, REPLIES]);
  await subject.fill(parent, MEMBERS);
  await subject.postgres.query('vacuum analyze');
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

it.each<[string, () => string | undefined]>([
  ['the first page', () => undefined],
  ['a page in the middle', () => cursorAt(700)],
])(
  '%s of the followed threads looks up each of them once, and little more than its rows in messages',
  async (_, cursor) => {
    const work = await workOf(async () => expect((await findFollowed(cursor())).data).toHaveLength(PAGE));
    expect(work).toEqual(
      atMost({
        scans: 0,
        conversations: FOLLOWED + 4 * (PAGE + 1),
        conversation_members: FOLLOWED + 2 * (PAGE + 1),
        thread_followers: FOLLOWED + 2 * (PAGE + 1),
        messages: 8 * (PAGE + 1),
      }),
    );
  },
);

it('those with unread replies take one position of each more', async () => {
  await addReplies(subject, large, owner, 1);
  const work = await workOf(async () => expect((await findFollowed(undefined, true)).data).toEqual([]));
  expect(work).toEqual(
    atMost({
      scans: 0,
      conversations: 2 * FOLLOWED,
      conversation_members: FOLLOWED,
      thread_followers: 2 * FOLLOWED,
      messages: 0,
    }),
  );
});

it.each<[string, () => string | undefined]>([
  ['the first page', () => undefined],
  ['a page in the middle', () => cursorAt(700)],
  ['the last page', () => cursorAt(24)],
])(
  '%s of the threads of a conversation reads little more than its rows, however many there are',
  async (_, cursor) => {
    const work = await workOf(async () =>
      expect((await findOfConversation(cursor())).data).toHaveLength(PAGE),
    );
    expect(work).toEqual(
      atMost({
        scans: 0,
        conversations: 6 * (PAGE + 1),
        conversation_members: 2 * (PAGE + 1),
        thread_followers: 2 * (PAGE + 1),
        messages: 8 * (PAGE + 1),
      }),
    );
  },
);

it('the total takes 1,000 positions of those that are followed, unless all are requested', async () => {
  // Of the read marks, of which there are none here.
  const bound = { scans: 1, conversation_members: FOLLOWED + 10, messages: 10 };
  const recent = await workOf(() => heads.countUnread(me, 1_000));
  const some = { conversations: FOLLOWED + 1_000 + 10, thread_followers: FOLLOWED + 1_000 };
  expect(recent).toEqual(atMost({ ...bound, ...some }));
  const all = await workOf(() => heads.countUnread(me));
  expect(all).toEqual(atMost({ ...bound, conversations: 2 * FOLLOWED + 10, thread_followers: 2 * FOLLOWED }));
});

it('following and marking as read look up a few rows, however many replies there are', async () => {
  const bound = { scans: 0, conversations: 4, conversation_members: 4, thread_followers: 10, messages: 20 };
  expect(await workOf(() => followers.follow(large, me))).toEqual(atMost(bound));
  expect(
    await workOf(async () =>
      expect(await memberships.markRead(large, me, REPLIES)).toMatchObject({ changed: false }),
    ),
  ).toEqual(atMost(bound));
  expect(
    await workOf(async () =>
      expect(await memberships.changeMembership(large, me, { lastReadSeq: 5 })).toMatchObject({
        me: { unreadCount: REPLIES + 1 - 5 },
      }),
    ),
  ).toEqual(atMost({ ...bound, conversations: 8, conversation_members: 8, messages: 40 }));
});
