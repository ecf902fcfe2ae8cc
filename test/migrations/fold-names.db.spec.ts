import { afterAll, expect, it } from 'vitest';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { NameFolding } from '../../src/arch/modules/user/infrastructure/adapters/name-folding.js';
import type { TestDatabase } from '../support/test-database.js';
import { oldDatabase } from './old-database.js';

let database: TestDatabase;
afterAll(() => database.drop());

/** Stores a name like a node of the previous version. */
const add = (name: string) =>
  database.query(
    `insert into users (email, password_hash, display_name) values (gen_random_uuid() || '@x.org', '!', $1)`,
    [name],
  );
const rename = (from: string, to: string) =>
  database.query('update users set display_name = $2 where display_name = $1', [from, to]);
const names = async () => {
  const rows = await database.query<Record<string, string>>(
    'select display_name, search_name from users order by display_name collate "C"',
  );
  return Object.fromEntries(rows.map((row) => [row['display_name'], row['search_name']]));
};
const foldOnce = async () => {
  const pool = new Database(database.connection, 2);
  const folding = new NameFolding(pool);
  await folding.onApplicationBootstrap();
  folding.onModuleDestroy();
  await pool.onApplicationShutdown();
};

it('existing names, and names that a node of the previous version stores meanwhile, are found and folded by this version', async () => {
  database = await oldDatabase('0011_newest_rows');
  await add('Straße');
  await migrate(database.connection);
  await add('ŁUKASZ');
  await rename('Straße', 'STRAßE');
  expect(await names()).toEqual({ STRAßE: 'straße', ŁUKASZ: 'łukasz' });
  await foldOnce();
  expect(await names()).toEqual({ STRAßE: 'strasse', ŁUKASZ: 'lukasz' });
  await rename('ŁUKASZ', 'Ægir');
  expect((await names())['Ægir']).toBe('ægir');
  await foldOnce();
  expect((await names())['Ægir']).toBe('aegir');
  expect(await database.query('select from users where search_folding = 0')).toEqual([]);
});
