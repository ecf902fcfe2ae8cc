import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { inject } from 'vitest';
import { TestDatabase } from '../support/test-database.js';

export const MIGRATIONS = resolve(
  import.meta.dirname,
  '../../src/arch/common/infrastructure/database/migrations',
);

/**
 * A database as an earlier version left it, migrated in the way of that time: by Drizzle, in one transaction.
 * @param last the last migration that it has
 * @param texts former texts of migrations, by their tags
 */
export async function oldDatabase(
  last: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<TestDatabase> {
  const folder = mkdtempSync(join(inject('runFolder'), 'migrations-'));
  cpSync(MIGRATIONS, folder, { recursive: true });
  for (const [tag, text] of Object.entries(texts)) writeFileSync(join(folder, `${tag}.sql`), text);
  const journal = join(folder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] };
  const kept = entries.slice(0, entries.findIndex(({ tag }) => tag === last) + 1);
  writeFileSync(journal, JSON.stringify({ ...rest, entries: kept }));
  const database = await TestDatabase.empty();
  const client = new Client(database.connection);
  await client.connect();
  try {
    await drizzleMigrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
    rmSync(folder, { recursive: true });
  }
  return database;
}
