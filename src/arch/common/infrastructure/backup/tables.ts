import { type Client, escapeIdentifier } from 'pg';

export interface Table {
  readonly name: string;
  /** Without generated columns. */
  readonly columns: readonly string[];
  /** The tables that its foreign keys refer to, without itself. */
  readonly parents: readonly string[];
}

/**
 * Without the journal of the migrations, which a restore writes, and the epoch: a restored database begins its own (ADR
 * 31).
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

/** The tables with data, each after those that its foreign keys refer to. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(LIST);
  const tables = new Map(rows.map((table) => [table.name, table]));
  const inOrder = new Set<Table>();
  const place = (name: string): void => {
    const table = tables.get(name);
    if (!table) return;
    // It is removed first, so that a cycle of foreign keys ends.
    tables.delete(name);
    for (const parent of table.parents) place(parent);
    inOrder.add(table);
  };
  for (const { name } of rows) place(name);
  return [...inOrder];
}

/** The columns that COPY copies. */
export function copied({ name, columns }: Pick<Table, 'name' | 'columns'>): string {
  return `${escapeIdentifier(name)} (${columns.map((column) => escapeIdentifier(column)).join(', ')})`;
}
