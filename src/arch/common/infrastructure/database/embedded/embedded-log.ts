/** Where the embedded database reports; a pino logger fits as it is. */
export interface EmbeddedLog {
  /** Every line PostgreSQL writes to its stderr (it never holds the contents of messages). */
  debug(message: string): void;
  /** PostgreSQL ended by itself, or could not be started again yet. */
  warn(message: string): void;
}
