import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import type { TestDatabase } from '../support/test-database.js';
import { oldDatabase } from './old-database.js';

const ROLE = 'reader_of_views';
const VIEWS = ['conversation_heads', 'member_positions', 'user_profiles', 'posts_public_view'];

let database: TestDatabase;
beforeAll(async () => {
  database = await oldDatabase('0016_user_profiles');
  await database.query(`create role ${ROLE}`);
});
afterAll(async () => {
  await database.query(`drop owned by ${ROLE}`);
  await database.query(`drop role ${ROLE}`);
  await database.drop();
});

const readable = async () =>
  (
    await database.query(
      `select relname as view from pg_class where relkind = 'v' and has_table_privilege('${ROLE}', oid, 'select')
       and relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map(({ view }) => view);

it('a view that a migration replaces keeps the rights that were granted on it', async () => {
  await database.query(`grant select on ${VIEWS.join()} to ${ROLE}`);
  const before = await readable();
  expect(before).toEqual(VIEWS.toSorted());
  await migrate(database.connection);
  expect(await readable()).toEqual(before);
});
