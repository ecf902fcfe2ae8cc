/** Where the server reports; a pino logger fits as it is. What it throws is ignored. */
export interface EmbeddedLog {
  /** Every line PostgreSQL writes to its stderr (with no statement and no value of one, see server-settings.ts). */
  debug(message: string): void;
  /** PostgreSQL ended by itself, or could not be started again yet. */
  warn(message: string): void;
}
