import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';
import * as schema from './schema.js';
import { withClient } from './with-client.js';

const TABLES = Object.values(schema)
  .filter((each) => is(each, PgTable))
  .map((table) => getTableName(table));

const RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** The first table for which the role lacks a permission: some requests would always fail. */
const QUERY = `
  select format('%I.%I', current_schema(), relname) as table, quote_ident(current_schema()) as schema,
    quote_ident(current_user) as role
  from pg_class
  where oid = any(array(select to_regclass(quote_ident(name)) from unnest($1::text[]) as name))
    and exists (select from unnest($2::text[]) as wanted where not has_table_privilege(oid, wanted))
  order by relname limit 1`;

/**
 * Checks that the role may use the tables, which another role may have created. Requires the tables.
 * @throws StartupError that names the missing permission
 */
export async function requireTableRights(connection: ConnectionSettings): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query<{ table: string; schema: string; role: string }>(QUERY, [
      TABLES,
      RIGHTS,
    ]);
    const [found] = rows;
    if (!found) return;
    const { table, schema: place, role } = found;
    throw new StartupError(
      `DATABASE_URL leads to a database that will not do: its role ${role} may not use the table ${table}. ` +
        `GRANT ${RIGHTS.join(', ')} ON ALL TABLES IN SCHEMA ${place} TO ${role}.`,
    );
  });
}
