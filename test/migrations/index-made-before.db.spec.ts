import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';
import { catalogueOf } from './catalogue.js';
import { oldDatabase } from './old-database.js';

const [, STATEMENT = ''] =
  /```sql\n(CREATE INDEX CONCURRENTLY [^`]*)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];

let database: TestDatabase;
let fresh: TestDatabase;
beforeAll(async () => {
  [database, fresh] = await Promise.all([oldDatabase('0010_epoch'), TestDatabase.create()]);
});
afterAll(() => Promise.all([database.drop(), fresh.drop()]));

it('an index that was created before the upgrade, as the manual says, is used by the migration', async () => {
  await database.query(STATEMENT);
  const index = `select oid from pg_class where relname = 'messages_conversation_id_sender_id_seq_idx'`;
  const before = await database.query(index);
  await migrate(database.connection);
  expect(before).toHaveLength(1);
  expect(await database.query(index)).toEqual(before);
  expect(await catalogueOf(database)).toEqual(await catalogueOf(fresh));
});
