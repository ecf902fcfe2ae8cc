import { type Client, escapeIdentifier } from 'pg';

export interface Table {
  readonly name: string;
  /** Without those that are computed. */
  readonly columns: readonly string[];
  /** The tables that its foreign keys name, itself left out. */
  readonly parents: readonly string[];
}

/**
 * Without the journal of the migrations, which a restore writes anew, and the epoch: a restored database begins its own
 * (ADR 31).
 */
const LIST = `
  select c.relname::text as name,
    array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
    ) as columns,
    array(
      select p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
      where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid
    ) as parents
  from pg_class c
  where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
    and c.relname not in ('__drizzle_migrations', 'migration_progress', 'database_epochs')
  order by c.relname`;

/** The tables that are the data, each after those which its foreign keys name. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(LIST);
  const tables = new Map(rows.map((table) => [table.name, table]));
  const inOrder = new Set<Table>();
  const place = (name: string): void => {
    const table = tables.get(name);
    if (!table) return;
    // Taken out first, so that a cycle of foreign keys ends.
    tables.delete(name);
    for (const parent of table.parents) place(parent);
    inOrder.add(table);
  };
  for (const { name } of rows) place(name);
  return [...inOrder];
}

/** What COPY is to copy. */
export function copied({ name, columns }: Pick<Table, 'name' | 'columns'>): string {
  return `${escapeIdentifier(name)} (${columns.map((column) => escapeIdentifier(column)).join(', ')})`;
}
