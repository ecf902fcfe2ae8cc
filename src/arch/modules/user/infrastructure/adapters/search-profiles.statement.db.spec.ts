import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../../test/support/test-database.js';
import { selectProfiles } from './search-profiles.statement.js';

let postgres: TestDatabase;

beforeAll(async () => {
  postgres = await TestDatabase.create();
  await postgres.query(
    `insert into users (email, password_hash, display_name, deleted_at)
     select n || '@test.example', 'none', md5(n::text), case when n % 10 = 0 then now() end
     from generate_series(1, 20000) n`,
  );
  await postgres.query('analyze users');
});
afterAll(() => postgres.drop());

const session = drizzle(new Client());

/** The steps of the plan, one line each. */
async function plan(
  ...given: Parameters<typeof selectProfiles> extends [unknown, ...infer Rest] ? Rest : never
) {
  const { sql, params } = selectProfiles(session, ...given).toSQL();
  const rows = await postgres.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

it.each([
  ['the first page', undefined],
  ['a later page', { searchName: 'ab', id: randomUUID() }],
])('%s reads a range of the index in its order', async (_label, after) => {
  const steps = await plan('ab', 20, after);
  expect(steps).toContain('users_search_idx');
  expect(steps).toMatch(/Index Cond: .*search_name/);
  expect(steps).not.toMatch(/Seq Scan|Sort|Bitmap/);
});
