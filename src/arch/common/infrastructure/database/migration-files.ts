import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  /** Its file's name without `.sql`. */
  readonly tag: string;
  /** Its generation time in milliseconds, which is its key in the database's journal. */
  readonly when: number;
  /** SHA-256 of the file, as Drizzle records it in the database's journal. */
  readonly hash: string;
  readonly statements: readonly string[];
}

/** drizzle-kit writes it in some places. Our schema is the first of `search_path`, whichever that is. */
const GENERATED_SCHEMA = '"public".';

/** The migrations of a folder that `drizzle-kit generate` writes, in the order of its journal. */
export function readMigrations(folder: string): Migration[] {
  const journal = readFileSync(join(folder, 'meta/_journal.json'), 'utf8');
  const { entries } = JSON.parse(journal) as { entries: { tag: string; when: number }[] };
  return entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    return {
      tag,
      when,
      hash: createHash('sha256').update(text).digest('hex'),
      statements: text.replaceAll(GENERATED_SCHEMA, '').split('--> statement-breakpoint'),
    };
  });
}
