import { expect } from 'vitest';
import type { TestServer } from './test-server.js';

/** The columns of all tables in which a text occurs: `table.column`. */
export async function columnsWith({ database }: TestServer, text: string): Promise<string[]> {
  const columns = await database.query<{ table: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as table, quote_ident(column_name) as column
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(columns.length).toBeGreaterThan(50);
  const searches = columns.map(
    ({ table, column }) => `select '${table}.${column}' as place
      where exists (select from ${table} where position(lower($1) in lower(${column}::text)) > 0)`,
  );
  const found = await database.query<{ place: string }>(searches.join(' union all '), [text]);
  return found.map(({ place }) => place.replace('public.', '')).toSorted();
}
