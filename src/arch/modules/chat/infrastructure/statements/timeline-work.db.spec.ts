import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { memberAddition } from '../../domain/models/conversation-change.model.js';
import { ConversationChangeAdapter } from '../adapters/conversation-change.adapter.js';
import { ConversationCatchUpReader } from '../adapters/conversation-catch-up.reader.js';
import { TimelineReader } from '../adapters/timeline.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { ConversationListReader } from './conversation-list.reader.js';

const MEMBERS = 5_000;
const EARLIER = 3_000;
const MESSAGES = 2_000;
const LAST = EARLIER + MESSAGES;
/** Earlier joinings, each with its row, and later messages. */
const FILL = `
with logged as (
  insert into conversation_changes (conversation_id, rev, kind, actor_id, subject_id, after_seq, data)
  select conversation_id, row_number() over (), 'member_added', user_id, user_id, 0,
    jsonb_build_object('id', user_id, 'role', 'member')
  from (select * from conversation_members where conversation_id = $1 limit $2) m
), sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select $1, user_id, 'hello', n, $2 + n, sha256('hello')
  from (select user_id, row_number() over () as n from conversation_members where conversation_id = $1 limit $3) m
)
update conversations set rev = $2, members_rev = $2 where id = $1`;
/** Index entries, and rows that were read without an index, so far. */
const WORK = `
select (select sum(idx_tup_read) from pg_stat_user_indexes)::int as entries,
  (select sum(seq_tup_read) from pg_stat_user_tables)::int as rows`;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let timeline: TimelineReader;
let catchUp: ConversationCatchUpReader;
let owner: string;
let id: string;
/** A thousand conversations with one message each. */
let many: string[];

/** Without this the connection reports its figures a second later. */
const handIn = (of = database) =>
  of.transaction((client) => client.query('select pg_stat_force_next_flush()'));
const readWork = async () => {
  const [work] = await subject.postgres.query<{ entries: number; rows: number }>(WORK);
  return (work?.entries ?? 0) + (work?.rows ?? 0);
};

/** The second reading is measured: during the first one other connections may still report what they did before. */
async function workOf<T>(read: () => Promise<T>) {
  await read();
  await handIn();
  const before = await readWork();
  const found = await read();
  await handIn();
  const after = await readWork();
  return { found, work: after - before };
}

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  const list = new ConversationListReader(database);
  timeline = new TimelineReader(database, list);
  catchUp = new ConversationCatchUpReader(database, list);
  owner = await signUp(subject);
  id = await converse(subject, owner);
  await subject.fill(id, MEMBERS - 1);
  await subject.postgres.query(FILL, [id, EARLIER, MESSAGES]);
  many = await createMany(subject.postgres, { owner, count: 1_000, from: 0, step: 60_000_000 });
  const writer = new ConversationWriter(database, subject.live);
  const newcomer = await signUp(subject, 'New');
  const change = new ConversationChangeAdapter(database, list, writer, subject.live);
  await change.change(id, owner, () => [memberAddition(newcomer, 'member')]);
  // As autovacuum does within a minute: a plan that was made while a table was nearly empty scans it, until then.
  await subject.postgres.query('analyze');
  // From the sixth execution on PostgreSQL may keep a plan that does not depend on the parameters.
  for (let time = 1; time <= 10; time += 1) {
    await timeline.findChanges(id, owner, 0, 101);
    await timeline.findEvents(id, owner, 0, 0, 20);
    await catchUp.findChanges(id, owner, LAST, 20);
  }
  // What has been done so far is reported before the first measurement begins.
  await subject.postgres.query('select pg_stat_force_next_flush()');
  await handIn(subject.database);
  await handIn();
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

it('after one joining in a conversation of 5,000 one event is answered, and little more than it is read', async () => {
  const { found, work } = await workOf(() => timeline.findChanges(id, owner, LAST, 101));
  expect(found?.members).toBeNull();
  expect(found?.items).toMatchObject([{ rev: LAST + 1, data: { member: { displayName: 'New' } } }]);
  expect(found?.conversation.memberCount).toBe(MEMBERS);
  expect(work).toBeLessThanOrEqual(30);
});

it.each([
  ['the first 20 events', () => timeline.findChanges(id, owner, 0, 20)],
  ['the last 20 events', () => timeline.findChanges(id, owner, EARLIER - 20, 20)],
  ['the last 20 messages', () => timeline.findChanges(id, owner, LAST - 20, 20)],
  ['no change, without events', () => catchUp.findChanges(id, owner, LAST + 1, 20)],
  ['20 events beside messages', () => timeline.findEvents(id, owner, 0, 0, 20)],
])('%s: little more is read', async (_, read) => {
  const { work } = await workOf<unknown>(read);
  expect(work).toBeLessThanOrEqual(20 * 8);
});

const since = (rev: number, ids: readonly string[]) =>
  ids.map((conversationId) => ({ conversationId, since: rev }));

it.each([
  ['unchanged', 50, () => since(1, many.slice(0, 50))],
  ['with a message each', 50, () => since(0, many.slice(0, 50))],
  [
    'unknown',
    0,
    () =>
      since(
        0,
        Array.from({ length: 50 }, () => crypto.randomUUID()),
      ),
  ],
  ['after one with thousands of changes', 551, () => since(0, [id, ...many.slice(0, 49)])],
])('of 50 conversations, %s, %i rows are looked up', async (_, rows, ask) => {
  const known = ask();
  for (let time = 1; time <= 10; time += 1) await timeline.findChangesOfSeveral(owner, known, 501);
  const { work } = await workOf(() => timeline.findChangesOfSeveral(owner, known, 501));
  expect(work).toBeLessThanOrEqual(rows * 8);
});
