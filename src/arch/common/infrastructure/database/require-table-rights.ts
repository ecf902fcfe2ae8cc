import { getTableName, getViewName, is } from 'drizzle-orm';
import { PgTable, PgView } from 'drizzle-orm/pg-core';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';
import * as schema from './schema.js';
import { users } from './users.table.js';
import { withClient } from './with-client.js';

const OF_TABLES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
/** Row locks of `user_profiles` need the right to update. */
const OF_LOCKED_VIEWS = ['SELECT', 'UPDATE'];
const OF_VIEWS = ['SELECT'];

function rightsOf(relation: PgTable | PgView): string[] {
  if (is(relation, PgTable)) return OF_TABLES;
  return relation === schema.userProfiles ? OF_LOCKED_VIEWS : OF_VIEWS;
}

function nameOf(relation: PgTable | PgView): string {
  return is(relation, PgTable) ? getTableName(relation) : getViewName(relation);
}

/** What the role needs of each table and view, as pairs. */
const NEEDED = [users, ...Object.values(schema)].flatMap((relation) =>
  rightsOf(relation).map((right) => [nameOf(relation), right] as const),
);

/** The first table or view for which the role lacks a permission: some requests would always fail. */
const QUERY = `
  select format('%s %I.%I', case relkind when 'v' then 'view' else 'table' end, current_schema(), relname) as relation,
    quote_ident(current_schema()) as schema, quote_ident(current_user) as role
  from unnest($1::text[], $2::text[]) as needed (name, privilege)
  join pg_class on oid = to_regclass(quote_ident(name))
  where not has_table_privilege(oid, privilege)
  order by relname limit 1`;

/**
 * Checks that the role may use the tables and views, which another role may have created. Requires the tables.
 * @throws StartupError that names the missing permission
 */
export async function requireTableRights(connection: ConnectionSettings): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query<{ relation: string; schema: string; role: string }>(QUERY, [
      NEEDED.map(([name]) => name),
      NEEDED.map(([, right]) => right),
    ]);
    const [found] = rows;
    if (!found) return;
    const { relation, schema: place, role } = found;
    throw new StartupError(
      `DATABASE_URL leads to a database that will not do: its role ${role} may not use the ${relation}. ` +
        `GRANT ${OF_TABLES.join(', ')} ON ALL TABLES IN SCHEMA ${place} TO ${role}.`,
    );
  });
}
