import type { EmbeddedLog, PostgresBinaries } from 'causerie-embedded-postgres';

export interface EmbeddedPostgresOptions {
  /** The path of DATA_DIR, which is created when it is missing. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** The default is the PostgreSQL that is installed with Causerie. */
  readonly binaries?: PostgresBinaries;
}

/** The name of the superuser and of the application's database. */
export const DATABASE_NAME = 'causerie';
