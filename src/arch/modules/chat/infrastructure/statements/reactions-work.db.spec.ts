import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { MessageReactionsAdapter } from '../adapters/message-reactions.adapter.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { toReactionKind } from '../../domain/models/reaction.model.js';

const MESSAGES = 20;
const CROWD = 2_000;
/** Rows that the tests before have deleted may still be in the index, at most: while another session has a snapshot, nobody marks them. */
const DELETED = 20;
/** Everybody has reacted to every message, in two ways. */
const FILL = `
with crowd as (
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, $2::int) returning id
), reacted as (
  insert into message_reactions (message_id, key, user_id, emoji)
  select m.id, k, c.id, k from messages m, crowd c, unnest(array['x', 'y']) k where m.conversation_id = $1
)
update messages set reactions = jsonb_build_array(
  jsonb_build_object('emoji', 'x', 'count', $2::int, 'userIds', '[]'::jsonb),
  jsonb_build_object('emoji', 'y', 'count', $2::int, 'userIds', '[]'::jsonb)
) where conversation_id = $1`;
const WORK = `
select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'message_reactions')::int as entries,
  (select sum(seq_scan) from pg_stat_user_tables where relname = 'message_reactions')::int as scans`;

let subject: RealChatSubject;
let database: Database;
let reactions: MessageReactionsAdapter;
let messages: MessageRepositoryAdapter;
let owner: string;
let id: string;
let first: string;

/** Without this the connections report their figures a second later. */
const handIn = async () => {
  for (const lane of ['general', 'messages'] as const) {
    await database.transaction((client) => client.query('select pg_stat_force_next_flush()'), lane);
  }
};
const readWork = async () =>
  (await subject.postgres.query<{ entries: number; scans: number }>(WORK))[0] ?? { entries: 0, scans: 0 };

async function workOf(work: () => Promise<unknown>) {
  await handIn();
  const before = await readWork();
  await work();
  await handIn();
  const after = await readWork();
  return { entries: after.entries - before.entries, scans: after.scans - before.scans };
}
const react = (emoji: string, added = true, userId = owner) =>
  reactions.react(
    { conversationId: id, messageId: first, actorId: userId, userId, added, ...toReactionKind(emoji) },
    false,
  );
const listed = (key?: string) =>
  reactions.findReactions({
    conversationId: id,
    messageId: first,
    visibleFrom: 1,
    key,
    limit: 20,
    cursor: undefined,
  });

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 1);
  const writer = new ConversationWriter(database, subject.live);
  reactions = new MessageReactionsAdapter(database, writer, subject.live);
  messages = new MessageRepositoryAdapter(database, writer);
  owner = await signUp(subject);
  id = await converse(subject, owner);
  await say(subject, id, owner, MESSAGES);
  first = (await subject.messages.findRange(id, 1, 1)).data[0]?.id ?? '';
  // Plans made while the tables are nearly empty would be kept.
  for (let time = 1; time <= 10; time += 1) {
    await react('x');
    await messages.findByConversation(id, 1, 20, 1, owner);
    await listed();
    await listed('x');
    await react('x', false);
  }
  await subject.postgres.query(FILL, [id, CROWD]);
});
beforeEach(async () => {
  await react('z');
  await react('z', false);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

it('a page looks for the own reactions only, once for each of its messages', async () => {
  await react('x');
  const { entries, scans } = await workOf(() => messages.findByConversation(id, 1, MESSAGES, 1, owner));
  expect(entries).toBeLessThanOrEqual(3);
  expect(scans).toBe(0);
  await react('x', false);
});

it('a reaction counts its own kind again, and no other one', async () => {
  const { entries, scans } = await workOf(() => react('z'));
  expect(entries).toBeLessThanOrEqual(5 + DELETED);
  expect(scans).toBe(0);
  const again = await workOf(() => react('x'));
  expect(again.entries).toBeGreaterThanOrEqual(CROWD);
  expect(again.entries).toBeLessThanOrEqual(CROWD + 30);
});

it.each([undefined, 'x', 'y'])('a page of reactions, kind %s, reads no more than it shows', async (key) => {
  const { entries, scans } = await workOf(() => listed(key));
  expect(entries).toBeLessThanOrEqual(22);
  expect(scans).toBe(0);
});
