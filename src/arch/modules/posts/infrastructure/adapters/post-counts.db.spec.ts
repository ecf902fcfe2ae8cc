import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { TestDatabase } from '../../../../../../test/support/test-database.js';
import { PostRepositoryAdapter } from './post-repository.adapter.js';

const OWNERS = 3;
const MIGRATION = '../../../../common/infrastructure/database/migrations/0004_post_pages.sql';
const UNDO = `
drop function count_posts cascade;
drop function change_post_counts, cut_post_block, find_posts;
drop table private_post_counts, post_blocks;
drop index posts_public_idx, posts_private_idx`;
/** Counts that differ from the posts of the block, unbounded blocks or too large ones. */
const WRONG = `
with blocks as (
  select *, lead(from_created_at, 1, 'infinity') over w as end_at, lead(from_id, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') over w as end_id
  from post_blocks window w as (order by from_created_at, from_id)
), counted as (
  select b.id, b.posts, b.public_posts, count(p.id) as real_posts, count(p.id) filter (where visibility = 'public') as real_public
  from blocks b left join posts p
    on (p.created_at, p.id) >= (b.from_created_at, b.from_id) and (p.created_at, p.id) < (b.end_at, b.end_id)
  group by 1, 2, 3
), privates as (
  select b.id, p.owner_id, count(*) as posts from blocks b join posts p
    on (p.created_at, p.id) >= (b.from_created_at, b.from_id) and (p.created_at, p.id) < (b.end_at, b.end_id)
  where visibility = 'private' group by 1, 2
)
select 'block' as what, id from counted where posts <> real_posts or public_posts <> real_public or posts > 1000
union all
select 'private', coalesce(p.id, c.block_id) from privates p
full join private_post_counts c on c.block_id = p.id and c.owner_id = p.owner_id where p.posts is distinct from c.posts`;

let postgres: TestDatabase;
let database: Database;
let posts: PostRepositoryAdapter;
let owners: string[];

beforeAll(async () => {
  postgres = await TestDatabase.create();
  database = new Database(postgres.connection, 12);
  posts = new PostRepositoryAdapter(database);
  const rows = await postgres.query<{ id: string }>(
    `insert into users (email, password_hash, display_name)
     select n || '@b.c', '', 'Ada' from generate_series(1, ${OWNERS}) n returning id`,
  );
  owners = rows.map(({ id }) => id);
});
beforeEach(() => postgres.query('delete from posts'));
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

/** Inserts a number of posts, in one statement or several, spread over an hour; a fifth is private. */
const fill = (count: number, at = '2026-01-31Z') =>
  postgres.query(
    `insert into posts (owner_id, title, content, created_at, visibility)
     select ($1::uuid[])[1 + n % ${OWNERS}], n, '', $2::timestamptz + n % 3600 * interval '1 s',
       case when n % 5 = 0 then 'private' else 'public' end from generate_series(1, $3::int) n`,
    [owners, at, count],
  );
const blocks = async () => (await postgres.query('select from post_blocks')).length;

/** The page that OFFSET would return. */
async function naive(readerId: string, page: number, limit: number) {
  const visible = `from posts where visibility = 'public' or owner_id = $1`;
  const rows = await postgres.query<{ id: string }>(
    `select id ${visible} order by created_at desc, id desc offset $2 limit $3`,
    [readerId, (page - 1) * limit, limit],
  );
  const [all] = await postgres.query<{ total: number }>(`select count(*)::int as total ${visible}`, [
    readerId,
  ]);
  return { ids: rows.map(({ id }) => id), total: all?.total };
}

async function expectExactPages(): Promise<void> {
  for (const [index, readerId] of owners.entries()) {
    for (const page of [1, 13 + index, 30]) {
      const found = await posts.findVisibleTo(readerId, page, 97);
      const shown = { ids: found.data.map(({ id }) => id), total: found.total };
      expect(shown).toEqual(await naive(readerId, page, 97));
    }
  }
}

async function expectSensiblePages(readerId: string): Promise<void> {
  const { data, total } = await posts.findVisibleTo(readerId, 1, 100);
  const last = await posts.findVisibleTo(readerId, Number.MAX_SAFE_INTEGER, 100);
  expect(data).toHaveLength(100);
  expect(total).toBeGreaterThan(1_500);
  expect(last.data).toEqual([]);
}

describe('counts are exact', () => {
  it.each([
    ['after one statement for all of them', async () => fill(5_000)],
    [
      'when posts of one instant fill several blocks',
      async () => {
        await postgres.query(
          `insert into posts (owner_id, title, content, visibility) select $1, n, '', case when n % 2 = 0 then 'private' else 'public' end
         from generate_series(1, 3000) n`,
          [owners[0]],
        );
      },
    ],
    [
      'after blocks have been emptied',
      async () => {
        await fill(3_000);
        await postgres.query(
          `delete from posts where created_at between '2026-01-31 00:05Z' and '2026-01-31 00:40Z'`,
        );
      },
    ],
    [
      'after visibility, owner and time have changed',
      async () => {
        await fill(3_000);
        await postgres.query(
          `update posts set visibility = case when title::int % 7 = 0 then 'private' else 'public' end,
           created_at = case when title::int % 11 = 0 then created_at - interval '1 day' else created_at end,
           owner_id = case when title::int % 13 = 0 then $1 else owner_id end`,
          [owners[0]],
        );
      },
    ],
    [
      'after everything is gone and some is written again',
      async () => {
        await fill(3_000);
        await postgres.query('truncate posts');
        expect(await blocks()).toBe(1);
        await fill(1_200);
      },
    ],
  ])('%s', async (_, change) => {
    await change();
    expect(await postgres.query(WRONG)).toEqual([]);
    await expectExactPages();
  });
});

it('the migration counts the posts that were there before it', async () => {
  await postgres.query(UNDO);
  await fill(3_000);
  const migration = await readFile(new URL(MIGRATION, import.meta.url), 'utf8');
  await postgres.query(migration.replaceAll('--> statement-breakpoint', ''));
  expect(await blocks()).toBeGreaterThanOrEqual(3);
  expect(await postgres.query(WRONG)).toEqual([]);
  await expectExactPages();
});

it('posts written, deleted, published and hidden at the same time are counted exactly, on every page meanwhile', async () => {
  await fill(1_990, '2025-01-31Z');
  const seen: Promise<void>[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const ownerId = String(owners[n % OWNERS]);
      for (let round = 0; round < 40; round += 1) {
        const visibility = round % 3 === 0 ? 'private' : 'public';
        const { id } = await posts.create({ ownerId, title: 'T', content: 'C', visibility });
        if (round % 2 === 0) await posts.update(id, ownerId, { visibility: 'public' });
        if (round % 4 === 1) await posts.delete(id, ownerId);
        if (round % 10 === 0) seen.push(expectSensiblePages(ownerId));
      }
    }),
  );
  await Promise.all(seen);
  expect(await postgres.query(WRONG)).toEqual([]);
  await expectExactPages();
});

it('a post that waits while its block is split is counted in the new block', async () => {
  const ownerId = String(owners[0]);
  const client = new Client(postgres.connection);
  await client.connect();
  await client.query('begin');
  await client.query(
    `insert into posts (owner_id, title, content, created_at) select $1, n, '', now() - n * interval '1 min' from generate_series(1, 1500) n`,
    [ownerId],
  );
  const late = posts.create({ ownerId, title: 'Late', content: 'C', visibility: 'public' });
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await postgres.query(waiting)).length).toBe(1);
  await client.query('commit');
  await client.end();
  await late;
  expect(await postgres.query(WRONG)).toEqual([]);
  await expectExactPages();
});

it('a change of the text does not wait for the counts', async () => {
  const { id, ownerId } = await posts.create({
    ownerId: String(owners[0]),
    title: 'T',
    content: 'C',
    visibility: 'public',
  });
  await database.runInTransaction(async () => {
    await posts.create({ ownerId, title: 'Another', content: 'C', visibility: 'public' });
    const changed = await database.outsideTransaction(() => posts.update(id, ownerId, { title: 'New' }));
    expect(changed.title).toBe('New');
  });
});
