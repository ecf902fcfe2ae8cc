import { findPostgresBinaries, type PostgresBinaries } from 'causerie-embedded-postgres';

/** The PostgreSQL that this Causerie comes with. @throws EmbeddedPostgresError when there is none for this machine */
export function findOwnBinaries(): Promise<PostgresBinaries> {
  return findPostgresBinaries(import.meta.url);
}
