import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { ProfileRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-repository.adapter.js';
import type { TestDatabase } from '../support/test-database.js';
import { oldDatabase } from './old-database.js';

const [ada, conversation, post] = [randomUUID(), randomUUID(), randomUUID()];
const store = (client: Client) =>
  client.query({
    name: 'store_messages',
    text: 'select * from store_messages($1, $2, $3, $4, $5)',
    values: [[conversation], [ada], [randomUUID()], ['hello'], [null]],
  });
const listed = (client: Client) =>
  client.query({
    name: 'list_conversations',
    text: `select id, display_name, avatar_url from list_conversations($1, 20, 'infinity', $2)`,
    values: [ada, 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  });
const publicPost = (client: Client) =>
  client.query({ name: 'post', text: 'select * from posts_public_view where id = $1', values: [post] });

const SHORT = { lockTimeout: 100, pause: 50, attempts: 600 };

let postgres: TestDatabase;
/** Of a node of the previous version: its statements were prepared before the migration. */
let old: Client;
let other: Client;
let readBefore: unknown[];
const warnings: string[] = [];

beforeAll(async () => {
  postgres = await oldDatabase('0015_credentials');
  old = new Client(postgres.connection);
  other = new Client(postgres.connection);
  await old.connect();
  await other.connect();
  await postgres.query(
    `insert into users (id, email, password_hash, display_name, avatar_url, search_name)
     values ($1, 'ada@example.com', '!', 'Ada', '/a', 'ada')`,
    [ada],
  );
  await postgres.query(`insert into conversations (id, created_by, member_count) values ($1, $2, 1)`, [
    conversation,
    ada,
  ]);
  await postgres.query(`insert into conversation_members (conversation_id, user_id) values ($1, $2)`, [
    conversation,
    ada,
  ]);
  await postgres.query(`insert into posts (id, owner_id, title, content) values ($1, $2, 'T', 'C')`, [
    post,
    ada,
  ]);
  await store(old);
  readBefore = [(await listed(old)).rows, (await publicPost(old)).rows];
  await other.query('begin');
  await publicPost(other);
  const refused = Promise.withResolvers<void>();
  const log = {
    warn: (line: string) => {
      warnings.push(line);
      refused.resolve();
    },
  };
  const migrated = migrate(postgres.connection, { patience: SHORT, log });
  await Promise.race([refused.promise, migrated]);
  await other.query('commit');
  await migrated;
});
afterAll(async () => {
  await old.end();
  await other.end();
  await postgres.drop();
});

/** Without the names of what is read. */
const planOf = async (statement: string) => {
  const { rows } = await other.query<Record<string, string>>(`explain (costs off) ${statement}`);
  return rows.map((row) => row['QUERY PLAN']);
};

it('a transaction that has read public posts delays the migration, which is tried again', () => {
  expect(warnings[0]).toBe(
    'Migration 0016_user_profiles could not lock what it changes within 100 ms, attempt 1 of 600.',
  );
});

it('what a node of the previous version has prepared is answered as before', async () => {
  expect([(await listed(old)).rows, (await publicPost(old)).rows]).toEqual(readBefore);
  expect((await store(old)).rows).toMatchObject([
    { outcome: 'stored', display_name: 'Ada', avatar_url: '/a' },
  ]);
});

/** What an account decides about others, when it has decided nothing. */
const REACHABLE = { addable_by: 'everyone', presence: 'everyone', read_receipts: true };

it('the view has a name and a picture, and nothing secret', async () => {
  expect(await postgres.query('select * from user_profiles')).toEqual([
    { id: ada, display_name: 'Ada', avatar_url: '/a', deleted: false, ...REACHABLE },
  ]);
});

describe('the planner sees through the view', () => {
  it.each([
    ['a look-up', `select display_name from % where id = '${ada}'`],
    ['a join', 'select display_name from messages m join % on %.id = m.sender_id where m.seq = 1'],
    ['a row lock', `select id from % where id = '${ada}' and not deleted order by id for share`],
    ['a lock that is skipped', `select id from % where id = '${ada}' for key share skip locked`],
  ])('%s has the plan that it has for the table', async (_, statement) => {
    const ofTable = statement.replaceAll('%', 'users').replace('not deleted', 'deleted_at is null');
    expect(await planOf(statement.replaceAll('%', 'user_profiles'))).toEqual(await planOf(ofTable));
  });
});

it('a row lock through the view keeps the account from being changed until it ends', async () => {
  const rename = `update users set display_name = 'Ada L.' where id = '${ada}'`;
  await old.query('begin');
  await old.query(`select from user_profiles where id = $1 and not deleted for share`, [ada]);
  await other.query(`set lock_timeout = 50`);
  await expect(other.query(rename)).rejects.toMatchObject({ code: '55P03' });
  expect((await other.query('select from user_profiles for no key update skip locked')).rowCount).toBe(0);
  await old.query('commit');
  expect((await other.query(rename)).rowCount).toBe(1);
});

it('an account that was deleted has a row, as a deleted user without a picture', async () => {
  const database = new Database(postgres.connection, 1);
  await new ProfileRepositoryAdapter(database).anonymiseAccount(ada);
  await database.onApplicationShutdown();
  expect(await postgres.query('select * from user_profiles')).toEqual([
    { id: ada, display_name: 'Deleted user', avatar_url: null, deleted: true, ...REACHABLE },
  ]);
  expect((await publicPost(old)).rows).toMatchObject([{ owner_display_name: 'Deleted user' }]);
  expect((await listed(old)).rows).toMatchObject([{ display_name: 'Deleted user', avatar_url: null }]);
});
