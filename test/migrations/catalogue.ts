import type { TestDatabase } from '../support/test-database.js';

const OURS = "(select oid from pg_namespace where nspname in ('public', 'drizzle'))";

/** A line for each object with all its properties; sequences and row types belong to their tables. */
const QUERIES = [
  `select format('%s %s.%s', c.relkind, c.relnamespace::regnamespace, c.relname) as line from pg_class c
   where c.relnamespace in ${OURS}`,
  `select format('%s %s: %s %s not null %s, default %s, generated %s, identity %s, collation %s', c.oid::regclass,
     a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
     a.attgenerated, a.attidentity, a.attcollation::regcollation) as line
   from pg_attribute a join pg_class c on c.oid = a.attrelid
   left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where c.relnamespace in ${OURS} and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped`,
  `select format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
   where connamespace in ${OURS}`,
  `select pg_get_indexdef(indexrelid) as line from pg_index join pg_class c on c.oid = indrelid
   where c.relnamespace in ${OURS}`,
  `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = tgrelid
   where c.relnamespace in ${OURS} and not tgisinternal`,
  `select pg_get_functiondef(oid) as line from pg_proc where pronamespace in ${OURS}`,
  `select pg_get_viewdef(oid) as line from pg_class where relnamespace in ${OURS} and relkind = 'v'`,
  `select format('applied %s %s', created_at, hash) as line from drizzle.__drizzle_migrations`,
  `select format('under way %s %s', created_at, statements) as line from drizzle.migration_progress`,
];

/** The schema of a database, without its data. */
export async function catalogueOf(database: TestDatabase): Promise<string[]> {
  const lines: string[] = [];
  for (const query of QUERIES) {
    const rows = await database.query<{ line: string }>(query);
    lines.push(...rows.map(({ line }) => line).toSorted());
  }
  return lines;
}
