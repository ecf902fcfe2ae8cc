import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationCatchUpReader } from '../adapters/conversation-catch-up.reader.js';
import { ConversationListReader } from './conversation-list.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';

const MANY = 20_000;
const VISIBLE = 1_000;
const HIDE =
  'update conversation_members set visible_from_seq = $3 where conversation_id = $1 and user_id = $2';
const FILL = `
with sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, client_message_id, content_sha256)
  select $1, $2, 'hello', n, n, n::text, sha256('hello') from generate_series(4, $3::int) n
)
update conversations set last_seq = $3, rev = $3 where id = $1`;
/** Index entries of messages read so far, and sequential scans of any table. */
const WORK = `
select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'messages')::int as entries,
  (select sum(seq_scan) from pg_stat_user_tables)::int as scans`;

let subject: RealChatSubject;
/** One connection, which keeps its plans. */
let database: Database;
let changes: ConversationCatchUpReader;
let messages: MessageRepositoryAdapter;
let owner: string;
/** A member who sees the last messages only. */
let newcomer: string;
let id: string;

/** Without this the connection reports its figures a second later. */
const handIn = () => database.transaction((client) => client.query('select pg_stat_force_next_flush()'));
const readWork = async () =>
  (await subject.postgres.query<{ entries: number; scans: number }>(WORK))[0] ?? { entries: 0, scans: 0 };

/** The cost of `read`, as PostgreSQL reports it. */
async function workOf(read: () => Promise<unknown>) {
  await handIn();
  const before = await readWork();
  await read();
  await handIn();
  const after = await readWork();
  return { entries: after.entries - before.entries, scans: after.scans - before.scans };
}

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  changes = new ConversationCatchUpReader(database, new ConversationListReader(database));
  messages = new MessageRepositoryAdapter(database, new ConversationWriter(database, subject.live));
  owner = await signUp(subject);
  newcomer = await signUp(subject);
  id = await converse(subject, owner, newcomer);
  await say(subject, id, owner, 3);
  // Plans made while the tables are nearly empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) {
    await changes.findChanges(id, owner, 0, 20);
    await messages.findByConversation(id, 1, 20, 1);
    await messages.findRange(id, 1, 20);
  }
  await subject.postgres.query(FILL, [id, owner, MANY]);
  await subject.postgres.query(HIDE, [id, newcomer, MANY - VISIBLE + 1]);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

it.each([
  ['changes of long ago', () => changes.findChanges(id, owner, 10, 20)],
  ['changes in the middle', () => changes.findChanges(id, owner, MANY / 2, 20)],
  ['the last changes', () => changes.findChanges(id, owner, MANY - 20, 20)],
  ['the first page', () => messages.findByConversation(id, 1, 20, 1)],
  ['the deepest page', () => messages.findByConversation(id, MANY / 20, 20, 1)],
  ['changes since the beginning, of which most are hidden', () => changes.findChanges(id, newcomer, 0, 20)],
  ['a page, of which most are hidden', () => messages.findByConversation(id, 1, 20, MANY - VISIBLE + 1)],
  ['a window', () => messages.findRange(id, MANY / 2, MANY / 2 + 19)],
])('%s: 20 messages of 20,000 read little more than those', async (_, read) => {
  const { entries, scans } = await workOf(read);
  expect(entries).toBeGreaterThanOrEqual(20);
  expect(entries).toBeLessThanOrEqual(20 + 3);
  expect(scans).toBe(0);
});
