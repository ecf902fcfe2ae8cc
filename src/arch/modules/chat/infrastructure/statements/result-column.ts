import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** A column of a function's result, decoded like the column of a table. */
export const resultColumn = <Column extends PgColumn>(column: Column, name = column.name) =>
  sql`${sql.identifier(name)}`.mapWith(column);
