import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';
import { catalogueOf } from './catalogue.js';
import { oldDatabase } from './old-database.js';

/** The statements of the manual, by the index that they create. */
const STATEMENTS = [
  ...readFileSync('docs/upgrading.md', 'utf8').matchAll(
    /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\w+)[^;]*;/gm,
  ),
];

let database: TestDatabase;
let fresh: TestDatabase;
beforeAll(async () => {
  [database, fresh] = await Promise.all([oldDatabase('0010_epoch'), TestDatabase.create()]);
});
afterAll(() => Promise.all([database.drop(), fresh.drop()]));

it('an index that was created before the upgrade, as the manual says, is used by the migration', async () => {
  expect(STATEMENTS.map(([, name]) => name)).toEqual([
    'messages_conversation_id_sender_id_seq_idx',
    'conversation_members_owner_key',
  ]);
  for (const [statement] of STATEMENTS) await database.query(statement);
  const indexes = `select oid from pg_class where relname in (${STATEMENTS.map(([, name]) => `'${name}'`).join()}) order by oid`;
  const before = await database.query(indexes);
  await migrate(database.connection);
  expect(before).toHaveLength(STATEMENTS.length);
  expect(await database.query(indexes)).toEqual(before);
  expect(await catalogueOf(database)).toEqual(await catalogueOf(fresh));
});
