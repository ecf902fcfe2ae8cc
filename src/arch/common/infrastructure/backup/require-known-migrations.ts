import { StartupError } from '../config/startup.error.js';
import { knownMigrations } from '../database/migrate.js';
import type { Beginning } from './backup-entry.js';

/** @throws StartupError for the backup of a newer version, because there are no backward migrations */
export function requireKnownMigrations(file: string, { migrations, createdAt }: Beginning): void {
  const known = knownMigrations();
  if (migrations.every((when, index) => known[index]?.when === when)) return;
  throw new StartupError(
    `${file} (of ${createdAt}) was made by a newer version of Causerie, whose migrations are not here: restore it with that version or a later one.`,
  );
}
