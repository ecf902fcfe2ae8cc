import type { EmbeddedLog, PostgresBinaries } from 'causerie-embedded-postgres';

export interface EmbeddedPostgresOptions {
  /** Path of DATA_DIR; made when it is missing. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** Another PostgreSQL than the one that we come with. */
  readonly binaries?: PostgresBinaries;
}

/** Of the superuser and of the application's database. */
export const DATABASE_NAME = 'causerie';
