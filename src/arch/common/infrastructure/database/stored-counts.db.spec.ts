import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';

/** Of all tables, those in which a count could be kept: numbers, lists of them, and JSON. */
const COLUMNS = `
select table_name || '.' || column_name as name
from information_schema.columns join information_schema.tables using (table_schema, table_name)
where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
  and udt_name ~ '^_?(int2|int4|int8|oid|xid8?|numeric|money|float4|float8|jsonb?)$'`;

/**
 * What may be stored. Messages, unread messages, mentions, reactions, replies and followers are counted when they are
 * read: a stored count is wrong for ever once a single step of it is lost.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'numbers of changes': [
    'conversation_changes.rev',
    'conversation_members.version',
    'conversations.members_rev',
    'conversations.rev',
    'messages.rev',
    'read_marks.rev',
    'thread_followers.version',
  ],
  'places of messages': [
    'conversation_changes.after_seq',
    'conversation_members.last_read_seq',
    'conversation_members.unread_at_seq',
    'conversation_members.unread_from_seq',
    'conversation_members.visible_from_seq',
    'conversations.last_seq',
    'conversations.root_seq',
    'message_mentions.seq',
    'message_pins.seq',
    'messages.reply_to_seq',
    'messages.seq',
    'read_marks.seq',
    'thread_followers.last_read_seq',
    'thread_followers.unread_at_seq',
    'thread_followers.unread_from_seq',
  ],
  'numbers of versions': ['message_versions.version', 'users.search_folding'],
  'members, behind the lock that every change of them takes': ['conversations.member_count'],
  'uses, which are a limit': ['conversation_invites.max_uses', 'conversation_invites.uses'],
  settings: ['conversations.slow_mode_seconds'],
  'of the application': ['conversations.metadata', 'message_versions.metadata', 'messages.metadata'],
  'what has changed': ['conversation_changes.data'],
  'a summary, counted again from the rows with each change of them': ['messages.reactions'],
  'blocks of the list of posts': [
    'post_blocks.id',
    'post_blocks.posts',
    'post_blocks.public_posts',
    'private_post_counts.block_id',
    'private_post_counts.posts',
  ],
  'of the database and of requests': [
    '__drizzle_migrations.created_at',
    '__drizzle_migrations.id',
    'database_epochs.origin',
    'idempotency_keys.status',
    'migration_progress.created_at',
    'migration_progress.statements',
  ],
};

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.drop());

const found = async () => {
  const rows = await database.query<{ name: string }>(COLUMNS);
  return rows.map(({ name }) => name).toSorted();
};

it('no column counts messages, unread messages, mentions, reactions, replies or followers', async () => {
  expect(await found()).toEqual(Object.values(ALLOWED).flat().toSorted());
});

it.each(['integer', 'bigint[]', 'numeric(10, 2)', 'jsonb'])(
  'another column of the type %s is found',
  async (type) => {
    const before = await found();
    await database.query(`alter table conversation_members add column unread_count ${type}`);
    const added = (await found()).filter((name) => !before.includes(name));
    await database.query('alter table conversation_members drop column unread_count');
    expect(added).toEqual(['conversation_members.unread_count']);
  },
);
