import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../../test/support/test-database.js';
import { selectPage } from './post-page.statements.js';

const MANY = 100_000;
/** Every tenth post is private; half of those belong to the reader. */
const FILL = `
insert into posts (owner_id, title, content, created_at, visibility)
select case when n % 20 = 0 then $1::uuid else $2::uuid end, n, 'Content', timestamptz '2026-01-31Z' + n * interval '1 s',
  case when n % 10 = 0 then 'private' else 'public' end
from generate_series(1, $3::int) n`;
/** Index entries that this connection has read so far, and sequential scans of the table of posts. */
const WORK = `
select (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'posts'::regclass)::int as posts,
  (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) + pg_stat_get_xact_tuples_returned('post_blocks'::regclass)
    from pg_index where indrelid = 'post_blocks'::regclass)::int as blocks,
  pg_stat_get_xact_numscans('posts'::regclass)::int as scans`;

let postgres: TestDatabase;
let client: Client;
let reader: string;

const read = (reading: string | null, page: number) => client.query(selectPage(reading, page, 20));

beforeAll(async () => {
  postgres = await TestDatabase.create();
  client = new Client(postgres.connection);
  await client.connect();
  const users = await postgres.query<{ id: string }>(
    `insert into users (email, password_hash, display_name) values ('a@b.c', '', 'Ada'), ('b@b.c', '', 'Bob') returning id`,
  );
  const [ada, bob] = users.map(({ id }) => id);
  reader = String(ada);
  // Plans made while the tables are empty would be kept, and scan the whole tables.
  for (let time = 1; time <= 10; time += 1) await Promise.all([read(null, 1), read(reader, 1)]);
  await postgres.query(FILL, [ada, bob, MANY]);
});
afterAll(async () => {
  await client.end();
  await postgres.drop();
});

it.each([
  ['nobody the newest', () => null, 1],
  ['nobody the middle', () => null, MANY / 40],
  ['nobody the deepest', () => null, (MANY * 0.9) / 20],
  ['a reader the newest', () => reader, 1],
  ['a reader the middle', () => reader, MANY / 40],
  ['a reader the deepest', () => reader, (MANY * 0.95) / 20],
])('shows %s of 100,000 posts and walks one block, whatever lies before it', async (_, reading, page) => {
  await client.query('begin');
  const [before] = (await client.query<Record<string, number>>(WORK)).rows;
  const { rows } = await read(reading(), page);
  const [after] = (await client.query<Record<string, number>>(WORK)).rows;
  await client.query('commit');
  expect(rows).toHaveLength(20);
  expect(Number(rows[0].total)).toBe(MANY * (reading() === null ? 0.9 : 0.95));
  const work = Object.fromEntries(
    Object.keys(after ?? {}).map((key) => [key, Number(after?.[key]) - Number(before?.[key])]),
  );
  // The scan up to the page, of public and of own posts, and the posts themselves.
  expect(work.posts).toBeLessThanOrEqual(2 * (1_000 + 20) + 20);
  expect(work.blocks).toBeLessThanOrEqual(MANY / 500 + 2);
  expect(work.scans).toBe(0);
});
