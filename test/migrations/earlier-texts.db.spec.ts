import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';
import { catalogueOf } from './catalogue.js';
import { oldDatabase } from './old-database.js';

/** Texts that were on the main branch, or on branches of it, before the present ones: `<migration>.<commit>.sql`. */
const FOLDER = join(import.meta.dirname, 'earlier-texts');
const EARLIER = readdirSync(FOLDER);

let fresh: string[];
beforeAll(async () => {
  const database = await TestDatabase.empty();
  await migrate(database.connection);
  fresh = await catalogueOf(database);
  await database.drop();
});

const made: TestDatabase[] = [];
afterAll(async () => {
  for (const database of made) await database.drop();
});

it.each([
  ['0002_store_messages.3d0dd29.sql', '0002_store_messages'] as const,
  ...EARLIER.map((file) => [file, '0007_member_order'] as const),
])('a database that was made with %s, up to %s, becomes like a fresh one', async (file, last) => {
  const [tag = ''] = file.split('.');
  const database = await oldDatabase(last, { [tag]: readFileSync(join(FOLDER, file), 'utf8') });
  made.push(database);
  await migrate(database.connection);
  expect(await catalogueOf(database)).toEqual(fresh);
});

it('a database with the present texts becomes like a new one, too', async () => {
  const database = await oldDatabase('0007_member_order');
  made.push(database);
  await migrate(database.connection);
  expect(await catalogueOf(database)).toEqual(fresh);
});
