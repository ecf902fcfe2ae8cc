import { findPostgresBinaries, type PostgresBinaries } from 'causerie-embedded-postgres';

/** The PostgreSQL that is installed with Causerie. @throws EmbeddedPostgresError when there is none for this machine */
export function findOwnBinaries(): Promise<PostgresBinaries> {
  return findPostgresBinaries(import.meta.url);
}
