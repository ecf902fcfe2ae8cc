import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { requireFittingDatabase } from '../../src/arch/common/infrastructure/database/require-fitting-database.js';
import { requireTableRights } from '../../src/arch/common/infrastructure/database/require-table-rights.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';

const ROLE = `schemas_${process.pid}`;
let database: TestDatabase;
let connection: TestDatabase['connection'];
beforeAll(async () => {
  database = await TestDatabase.empty();
  connection = { ...database.connection, user: ROLE };
  await ask(`create role ${ROLE} login`);
});
afterAll(async () => {
  await database.drop();
  await ask(`drop role ${ROLE}`);
});

async function ask(text: string): Promise<void> {
  const client = new Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  await client.query(text);
  await client.end();
}

const start = async () => {
  await requireFittingDatabase(connection);
  await migrate(connection);
};
const tablesOf = async (schema: string) => {
  const rows = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = $1 order by name`,
    [schema],
  );
  return rows.map(({ name }) => name);
};
const all = ['conversations', 'migration_progress', 'users', '__drizzle_migrations'];

it('a role without privileges is refused with the missing one, and nothing is created', async () => {
  await expect(start()).rejects.toThrow(
    `its role ${ROLE} may not make tables in the schema public, and there is something to migrate. ` +
      `GRANT CREATE ON SCHEMA "public" TO ${ROLE}.`,
  );
  await database.query(`grant create on schema public to ${ROLE}`);
  await expect(start()).rejects.toThrow(
    `its role ${ROLE} may not make the schema drizzle, and there is something to migrate. ` +
      `GRANT CREATE ON DATABASE ${database.connection.database} TO ${ROLE}.`,
  );
  expect(await tablesOf('public')).toEqual([]);
});

it('a search_path without an existing schema is refused', async () => {
  await ask(`alter role ${ROLE} set search_path = nowhere`);
  await expect(start()).rejects.toThrow(
    `DATABASE_URL leads to a database that will not do: the schemas of search_path (nowhere) are not there, or closed ` +
      `to the role ${ROLE}. CREATE SCHEMA … AUTHORIZATION ${ROLE}, or ALTER ROLE ${ROLE} SET search_path = ….`,
  );
});

it.each(['"Chat room"', '"$user"'])(
  'everything, the journal included, is in the first schema of search_path, %s',
  async (path) => {
    const schema = path === '"$user"' ? ROLE : 'Chat room';
    await database.query(`create schema "${schema}" authorization ${ROLE}`);
    await ask(`alter role ${ROLE} set search_path = ${path}, public`);
    await start();
    expect(await tablesOf(schema)).toEqual(expect.arrayContaining(all));
    expect(await tablesOf('public')).toEqual([]);
    expect(await tablesOf('drizzle')).toEqual([]);
    await start();
  },
);

it('with all tables in place no privilege to create any is needed', async () => {
  await ask(`alter role ${ROLE} set search_path = public`);
  await migrate(database.connection);
  await database.query(`revoke create on schema public from ${ROLE}`);
  await database.query(`grant usage on schema drizzle to ${ROLE}`);
  await database.query(`grant select on all tables in schema drizzle to ${ROLE}`);
  expect(await start()).toBeUndefined();
  for (const rights of ['usage on schema public', 'select, insert, update on all tables in schema public']) {
    await database.query(`grant ${rights} to ${ROLE}`);
    await expect(requireTableRights(connection)).rejects.toThrow(
      `its role ${ROLE} may not use the table public.conversation_bans. ` +
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${ROLE}.`,
    );
  }
  await database.query(`grant select, insert, update, delete on all tables in schema public to ${ROLE}`);
  await requireTableRights(connection);
});

it.each([
  ['select', 'posts_public_view'],
  ['select', 'user_profiles'],
  ['update', 'user_profiles'],
])('a role without the privilege %s on the view %s gets an error that names both', async (right, view) => {
  await database.query(`revoke ${right} on ${view} from ${ROLE}`);
  await expect(requireTableRights(connection)).rejects.toThrow(
    `its role ${ROLE} may not use the view public.${view}. ` +
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${ROLE}.`,
  );
  await database.query(`grant ${right} on ${view} to ${ROLE}`);
  await requireTableRights(connection);
});

it('a role has the rights to what another one will make in a migration when that one has granted them beforehand', async () => {
  const owned = await TestDatabase.empty();
  await owned.query(`alter default privileges grant select, insert, update, delete on tables to ${ROLE}`);
  await migrate(owned.connection);
  await requireTableRights({ ...owned.connection, user: ROLE });
  await owned.query(`revoke update on user_profiles from ${ROLE}`);
  await expect(requireTableRights({ ...owned.connection, user: ROLE })).rejects.toThrow('user_profiles');
  await owned.drop();
});
