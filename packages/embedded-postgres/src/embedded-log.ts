/** The server's log; a pino logger fits unchanged. Errors that it throws are ignored. */
export interface EmbeddedLog {
  /** Every line that PostgreSQL writes to its stderr (without statements or values, see server-settings.ts). */
  debug(message: string): void;
  /** PostgreSQL has ended unexpectedly, or could not be restarted yet. */
  warn(message: string): void;
}
