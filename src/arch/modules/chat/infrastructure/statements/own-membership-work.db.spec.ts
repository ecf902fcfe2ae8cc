import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { ConversationFilter } from '../../application/ports/conversation-member-repository.port.js';
import { ConversationHeadsReader } from '../adapters/conversation-heads.reader.js';
import { MessageReadersReader } from '../adapters/message-readers.reader.js';
import { ConversationListReader } from './conversation-list.reader.js';

const LATELY = Date.UTC(2026, 0) * 1_000;
const MINUTE = 60_000_000;
const CONVERSATIONS = 3_000;
const MEMBERS = 500;
const MESSAGES = 20_000;

/** Counted since the connection was opened. PostgreSQL reports the connection's own figures immediately. */
const WORK = `
select (select sum(pg_stat_get_xact_numscans(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)::int as scans,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'conversations'::regclass)::int as conversations,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'conversation_members'::regclass)::int as members,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'messages'::regclass)::int as messages,
  (select sum(pg_stat_get_xact_numscans(indexrelid)) from pg_index where indrelid = 'read_marks'::regclass)::int as positions`;

/** Sequential scans, index entries read, and read positions looked up. */
type Work = Record<'scans' | 'conversations' | 'members' | 'messages' | 'positions', number>;

const FILL_MESSAGES = `
with sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, client_message_id, content_sha256)
  select $1, $2, 'hello', n, n, n::text, sha256('hello') from generate_series(4, $3::int) n
)
update conversations set last_seq = $3, rev = $3 where id = $1`;

/** Pins and archives $2 conversations of $1. */
const PIN = `
update conversation_members set pinned_at = now(), archived_at = now()
where user_id = $1 and conversation_id in (
  select conversation_id from conversation_members where user_id = $1 order by conversation_id limit $2
)`;
/** A mark in each conversation of $2, and one of each member of $1. */
const FILL_MARKS = `
insert into read_marks (conversation_id, user_id, seq)
select conversation_id, user_id, 1 from conversation_members where user_id = $2 or conversation_id = $1
on conflict do nothing`;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let heads: ConversationHeadsReader;
let readers: MessageReadersReader;
let list: ConversationListReader;
let owner: string;
/** A member of many conversations. */
let busy: string;
/** The conversation with many members and many messages. */
let large: string;
let third: string;

async function workOf(work: () => Promise<unknown>): Promise<Work> {
  return database.transaction(async (client) => {
    const read = async () => (await client.query<Work>(WORK)).rows[0] as Work;
    const before = await read();
    await work();
    const after = await read();
    return {
      scans: after.scans - before.scans,
      conversations: after.conversations - before.conversations,
      members: after.members - before.members,
      messages: after.messages - before.messages,
      positions: after.positions - before.positions,
    };
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

const readersOf = (messageId: string, limit = 20) =>
  readers.findReaders({ conversationId: large, messageId, userId: owner, limit });

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  heads = new ConversationHeadsReader(database);
  readers = new MessageReadersReader(database);
  list = new ConversationListReader(database);
  owner = await signUp(subject);
  busy = await signUp(subject);
  large = await converse(subject, owner, busy);
  await say(subject, large, owner, 3);
  third = (await subject.messages.findRange(large, 3, 3)).data[0]?.id ?? '';
  // Plans made while the tables are nearly empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) {
    await heads.countUnread(busy, 1_000);
    await heads.countUnread(busy);
    await readersOf(third);
    await list.findPage(busy, 20, undefined, { archived: true });
    await list.findPage(busy, 20, undefined, { pinned: true });
  }
  await createMany(subject.postgres, {
    owner,
    members: [busy],
    count: CONVERSATIONS,
    from: LATELY,
    step: MINUTE,
  });
  await subject.fill(large, MEMBERS);
  await subject.postgres.query(FILL_MESSAGES, [large, owner, MESSAGES]);
  await subject.postgres.query(FILL_MARKS, [large, busy]);
  const client = new Client(subject.postgres.connection);
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

const OWN = CONVERSATIONS + 1;

it('the total of unread messages looks up 1,000 positions of 3,000, unless all are requested', async () => {
  const recent = await workOf(() => heads.countUnread(busy, 1_000));
  // The 1,000 last active conversations of all users, the member's own, and those that are counted.
  const searched = { conversations: 1_000 + OWN + 1_001, members: 501 + 1_000 + OWN + 1_001 };
  expect(recent).toEqual(atMost({ scans: 0, ...searched, messages: 0, positions: 1_000 }));
  expect(recent.positions).toBe(1_000);
  const all = await workOf(() => heads.countUnread(busy));
  expect(all).toEqual(
    atMost({ scans: 1, conversations: OWN, members: 2 * OWN, messages: 0, positions: OWN }),
  );
  expect(all.positions).toBe(OWN);
});

it.each([1, 20, 100])(
  '%i readers of a message take one position of each member and the asking one’s membership, however many messages there are',
  async (limit) => {
    const [last] = (await subject.messages.findRange(large, MESSAGES, MESSAGES)).data;
    const bound = { scans: 0, conversations: 0, members: MEMBERS + 1, messages: 2, positions: MEMBERS };
    for (const messageId of [third, last?.id ?? '']) {
      const work = await workOf(() => readersOf(messageId, limit));
      expect(work).toEqual(atMost(bound));
      expect(work.members).toBe(MEMBERS + 1);
    }
  },
);

it.each<[string, ConversationFilter]>([
  ['not archived', { archived: false }],
  ['of one type', { type: 'group' }],
])('a page of those that are %s reads little more than its rows', async (_, filter) => {
  const work = await workOf(() => list.findPage(busy, 20, undefined, filter));
  expect(work).toEqual(atMost({ scans: 0, conversations: 100, members: 600, messages: 21, positions: 21 }));
  expect(work.positions).toBe(21);
});

it.each<[string, ConversationFilter]>([
  ['archived', { archived: true }],
  ['pinned', { pinned: true }],
  ['pinned and not archived', { pinned: true, archived: false }],
])(
  'a page of those that are %s searches the own memberships once, and reads no conversation in vain',
  async (_, filter) => {
    await subject.postgres.query(PIN, [busy, 5]);
    const work = await workOf(() => list.findPage(busy, 20, undefined, filter));
    expect(work).toEqual(
      atMost({
        scans: 0,
        conversations: 1_000 + 3 * 5,
        // Each pin leaves a version of its row, which an index shows until it has been vacuumed.
        members: 501 + 1_000 + OWN + 4 * 5 + 3 * 5,
        messages: 5,
        positions: 5,
      }),
    );
  },
);
