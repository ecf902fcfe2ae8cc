import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { addReplies, openThread } from '../../../../../../test/support/threads.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';
import type { MessageExtras } from '../../domain/models/message-extras.model.js';
import { storeMessages } from './message-batch.statement.js';

/** Counted since the connection was opened. PostgreSQL reports the connection's own figures immediately. */
const WORK = `
select (select sum(pg_stat_get_xact_numscans(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)::int as scans,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index
   join pg_class c on c.oid = indrelid where c.relnamespace = 'public'::regnamespace)::int as entries`;

/** Between $1 and 3,000 others, in both directions. */
const BLOCKS = `
with others as (
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, 3000) returning id
)
insert into user_blocks (blocker_id, blocked_id) select id, $1 from others union all select $1, id from others`;
/** Of the conversations $2; their owner $1 becomes a member, and wrote the last message long enough ago for slow mode. */
const RESTRICTIONS = `
with demoted as (
  update conversation_members set role = 'member' where user_id = $1 and conversation_id = any ($2)
), aged as (
  update messages set created_at = created_at - interval '1 hour' where conversation_id = any ($2)
)
update conversations set slow_mode_seconds = 1 where id = any ($2)`;

/** 3,000 members of the parent $1 follow the thread $2. */
const FOLLOWERS = `
with others as (
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, 3000) returning id
), members as (
  insert into conversation_members (conversation_id, user_id) select $1, id from others returning user_id
)
insert into thread_followers (thread_id, parent_id, user_id) select $2, $1, user_id from members`;

type Work = Record<'scans' | 'entries', number>;

let subject: RealChatSubject;
let client: Client;
/** A member of thousands of conversations; the author of thousands of messages in `long`. */
let busy: string;
let short: string;
let long: string;
let many: string[];
/** Of `busy`, whom thousands have blocked, and who has blocked thousands, but not the other one. */
let direct: string;
let ids = 0;

/** A message with its own `clientMessageId`, as clients send them. */
const draft = (conversationId: string) => {
  ids += 1;
  const clientMessageId = `id-${ids}`;
  return { conversationId, senderId: busy, content: 'hello', clientMessageId, id: crypto.randomUUID() };
};

/** Sequential scans and index entries that the connection reads to store a message in each of the conversations. */
async function workFor(conversationIds: readonly string[], extras?: MessageExtras): Promise<Work> {
  const read = async () => (await client.query<Work>(WORK)).rows[0] as Work;
  await client.query('begin');
  const before = await read();
  const { rows } = await client.query(storeMessages(conversationIds.map((id) => ({ ...draft(id), extras }))));
  const after = await read();
  await client.query('commit');
  expect(rows.slice(0, conversationIds.length).map(({ outcome }) => outcome)).toEqual(
    conversationIds.map(() => 'stored'),
  );
  return { scans: after.scans - before.scans, entries: after.entries - before.entries };
}

beforeAll(async () => {
  subject = await realChatSubject();
  client = new Client(subject.postgres.connection);
  await client.connect();
  // Plans made while the tables are empty would be kept, and scan the whole tables.
  const guarded = await converse(subject, await signUp(subject));
  await subject.postgres.query('update conversations set slow_mode_seconds = 1 where id = $1', [guarded]);
  busy = crypto.randomUUID();
  for (let time = 1; time <= 10; time += 1) {
    await client.query(storeMessages([draft(guarded)]));
    await client.query(storeMessages([{ ...draft(guarded), extras: { mentionsAll: true } }]));
  }
  busy = await signUp(subject);
  const other = await signUp(subject);
  direct = await converse(subject, busy, other);
  await subject.makeDirect(direct);
  await subject.postgres.query(BLOCKS, [busy]);
  short = await converse(subject, busy, other);
  many = await createMany(subject.postgres, {
    owner: busy,
    members: [other],
    count: 3_000,
    from: 0,
    step: 1,
  });
  [long] = many as [string];
  await subject.postgres.query(RESTRICTIONS, [busy, many.slice(250, 500)]);
  for (let time = 1; time <= 20; time += 1) await workFor(Array<string>(250).fill(long));
});
afterAll(async () => {
  await client.end();
  await subject.close();
});

// A message takes 8 index entries: lookups (conversation, member, user, earlier id), checks of its keys, and its
// conversation and the sender's position, which are found again for their update. Allowed are those of earlier row
// versions besides, far fewer than the conversation or the sender has.
it.each([
  ['one message in a new conversation', () => [short]],
  ['one message after 5,000', () => [long]],
  ['250 messages after 5,000', () => Array<string>(250).fill(long)],
  ['250 messages in as many of 3,000 conversations', () => many.slice(0, 250)],
  ["a member's messages in 250 conversations in slow mode", () => many.slice(250, 500)],
  ['one message in a direct conversation, beside 6,000 blocks', () => [direct]],
])('storing %s reads few index entries for each, and no table', async (_, conversationIds) => {
  const wanted = conversationIds();
  const { scans, entries } = await workFor(wanted);
  expect(scans).toBe(0);
  expect(entries).toBeGreaterThan(0);
  expect(entries / wanted.length).toBeLessThanOrEqual(50);
});

it.each([
  ['one message', () => [long]],
  ['250 messages in one conversation', () => Array<string>(250).fill(long)],
  ['250 messages in as many conversations in slow mode', () => many.slice(500, 750)],
])(
  'storing %s with mentions and metadata reads few index entries for each, and no table',
  async (_, conversationIds) => {
    const wanted = conversationIds();
    await subject.postgres.query(RESTRICTIONS, [busy, many.slice(500, 750)]);
    const extras = { mentions: [busy, crypto.randomUUID()], metadata: { a: 1 } };
    const { scans, entries } = await workFor(wanted, extras);
    expect(scans).toBe(0);
    expect(entries).toBeGreaterThan(0);
    expect(entries / wanted.length).toBeLessThanOrEqual(60);
  },
);

it('storing a reply among 5,000 messages reads few index entries', async () => {
  const [target] = (await subject.messages.findRange(long, 2_500, 2_500)).data;
  const { scans, entries } = await workFor([long], { replyToId: target?.id });
  expect(scans).toBe(0);
  expect(entries).toBeLessThanOrEqual(60);
});

describe('in threads', () => {
  /** At the first messages of `long`; the first one has 5,000 replies, and 3,000 followers. */
  let threads: string[];

  beforeAll(async () => {
    threads = [];
    for (let seq = 1; seq <= 50; seq += 1) threads.push(await openThread(subject, long, seq, busy));
    const [first = ''] = threads;
    await addReplies(subject, first, busy, 5_000);
    await subject.postgres.query(FOLLOWERS, [long, first]);
    for (let time = 1; time <= 10; time += 1) await workFor([first]);
  });

  it.each([
    ['one reply after 5,000', () => threads.slice(0, 1), 120],
    ['250 replies in one thread', () => Array<string>(250).fill(threads[0] ?? ''), 60],
    [
      'a reply in each of 50 threads, beside as many messages',
      () => [...threads, ...Array<string>(50).fill(long)],
      80,
    ],
  ])('storing %s reads few index entries for each, and no table', async (_, conversationIds, most) => {
    const wanted = conversationIds();
    const { scans, entries } = await workFor(wanted);
    expect(scans).toBe(0);
    expect(entries).toBeGreaterThan(0);
    expect(entries / wanted.length).toBeLessThanOrEqual(most);
  });
});
