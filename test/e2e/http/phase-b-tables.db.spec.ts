import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.drop());

it('the tables are there with the columns, keys and cascades of the seed', async () => {
  const columns = await database.query<{ name: string; type: string; nullable: string }>(
    `select table_name || '.' || column_name as name,
       data_type || coalesce('(' || character_maximum_length || ')', '') as type, is_nullable as nullable
     from information_schema.columns where table_schema = 'public'`,
  );
  const types = Object.fromEntries(columns.map(({ name, type, nullable }) => [name, `${type} ${nullable}`]));
  expect(types).toMatchObject({
    'conversations.id': 'uuid NO',
    'conversations.created_by': 'uuid NO',
    'conversations.title': 'character varying(255) YES',
    'conversations.created_at': 'timestamp with time zone NO',
    'conversations.updated_at': 'timestamp with time zone NO',
    'conversation_members.conversation_id': 'uuid NO',
    'conversation_members.user_id': 'uuid NO',
    'conversation_members.joined_at': 'timestamp with time zone NO',
    'messages.id': 'uuid NO',
    'messages.conversation_id': 'uuid NO',
    'messages.sender_id': 'uuid NO',
    'messages.content': 'text NO',
    'messages.created_at': 'timestamp with time zone NO',
  });
  const keys = await database.query<{ key: string }>(
    `select conrelid::regclass || ' ' || pg_get_constraintdef(oid) as key from pg_constraint where contype in ('p', 'f')`,
  );
  expect(keys.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'conversation_members PRIMARY KEY (conversation_id, user_id)',
      'conversations FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE CASCADE',
      'conversation_members FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE',
      'conversation_members FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE',
      'messages FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE',
      'messages FOREIGN KEY (sender_id) REFERENCES users(id) ON DELETE CASCADE',
    ]),
  );
});
