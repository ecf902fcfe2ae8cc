import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationHeadsReader } from '../adapters/conversation-heads.reader.js';
import { MentionsAdapter } from '../adapters/mentions.adapter.js';
import { ConversationListReader } from './conversation-list.reader.js';
import { encodeCursor } from './mention-cursor.js';

const CONVERSATIONS = 300;
const MESSAGES = 20_000;

/** Counted since the connection was opened. PostgreSQL reports the connection's own figures immediately. */
const WORK = `
select (pg_stat_get_xact_numscans('message_mentions'::regclass) + pg_stat_get_xact_numscans('messages'::regclass))::int as scans,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'message_mentions'::regclass)::int as mentions,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'messages'::regclass)::int as messages`;

/** Messages 4 to $4 of $1, one a second, each of which mentions $3 and everybody. */
const FILL = `
with sent as (
  insert into messages (conversation_id, sender_id, content, created_at, seq, rev, client_message_id, content_sha256, mentions)
  select $1, $2, 'hello', timestamptz '2026-01-01' + n * interval '1 second', n, n, n::text, sha256('hello'), array[$3::uuid]
  from generate_series(4, $4::int) n
  returning conversation_id, seq, created_at
), told as (
  insert into message_mentions (conversation_id, user_id, seq, created_at)
  select conversation_id, unnest(array[$3::uuid, '00000000-0000-0000-0000-000000000000']), seq, created_at from sent
)
update conversations set last_seq = $4, rev = $4 where id = $1`;

type Work = Record<'scans' | 'mentions' | 'messages', number>;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let mentions: MentionsAdapter;
let heads: ConversationHeadsReader;
let list: ConversationListReader;
let me: string;
/** In each of them 20,000 messages mention the user; the history of the second one begins at message 15,001. */
let whole: string;
let cut: string;

async function workOf(work: () => Promise<unknown>): Promise<Work> {
  return database.transaction(async (client) => {
    const read = async () => (await client.query<Work>(WORK)).rows[0] as Work;
    const before = await read();
    await work();
    const after = await read();
    const { scans, mentions: rows, messages } = after;
    return {
      scans: scans - before.scans,
      mentions: rows - before.mentions,
      messages: messages - before.messages,
    };
  });
}

/** The place of a message in the list. */
const cursorAt = (conversationId: string, seq: number) =>
  encodeCursor({
    instant: String((Date.UTC(2026, 0, 1) + seq * 1_000) * 1_000),
    conversationId,
    seq: String(seq),
  });

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  mentions = new MentionsAdapter(database);
  heads = new ConversationHeadsReader(database);
  list = new ConversationListReader(database);
  const owner = await signUp(subject);
  me = await signUp(subject);
  [whole, cut] = [await converse(subject, owner, me), await converse(subject, owner, me)];
  await say(subject, whole, owner, 3);
  await say(subject, cut, owner, 3);
  // Plans made while the tables are nearly empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) {
    await mentions.findPage(me, 20);
    await heads.countUnread(me, 1_000);
    await list.findPage(me, 20);
    await list.findOne(me, whole);
  }
  await createMany(subject.postgres, { owner, members: [me], count: CONVERSATIONS, from: 0, step: 1 });
  for (const id of [whole, cut]) await subject.postgres.query(FILL, [id, owner, me, MESSAGES]);
  await subject.postgres.query(
    'update conversation_members set visible_from_seq = 15001 where user_id = $1 and conversation_id = $2',
    [me, cut],
  );
  await subject.postgres.query('vacuum');
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

it('counting mentions reads at most 200 entries for each conversation', async () => {
  const counted = await workOf(async () =>
    expect(await list.findOne(me, whole)).toMatchObject({ me: { mentionCount: 100 } }),
  );
  expect(counted).toMatchObject({ scans: 0 });
  expect(counted.mentions).toBeLessThanOrEqual(200);
  const total = await workOf(async () => expect((await heads.countUnread(me)).mentions).toBe(200));
  expect(total).toMatchObject({ scans: 0 });
  expect(total.mentions).toBeLessThanOrEqual(400);
  const page = await workOf(() => list.findPage(me, 100));
  expect(page).toMatchObject({ scans: 0 });
  expect(page.mentions).toBeLessThanOrEqual(400);
});

// A page of 20 reads 21 of its user's and 21 of everybody's in each conversation with mentions, and 21 messages.
it.each<[string, () => string | undefined, number]>([
  ['the first page', () => undefined, 20],
  ['a page in the middle', () => cursorAt(cut, 17_000), 20],
  ['a page among messages that are hidden in one of the conversations', () => cursorAt(cut, 15_005), 20],
  ['a page behind all of them', () => cursorAt(whole, 3), 0],
])('%s of the mentions reads few entries', async (_, cursor, count) => {
  const work = await workOf(async () =>
    expect((await mentions.findPage(me, 20, cursor())).data).toHaveLength(count),
  );
  expect(work.scans).toBe(0);
  expect(work.mentions).toBeLessThanOrEqual(4 * 25);
  expect(work.messages).toBeLessThanOrEqual(50);
});
