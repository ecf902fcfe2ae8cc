import { EmbeddedPostgresError, type Problem } from 'causerie-embedded-postgres';

/**
 * Every expected failure of the embedded database: `message` is one line for the person who started the
 * process, naming what to do. Anything else that escapes this folder is a defect.
 */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
}

/** What the operator can do about each problem, in terms of the settings of Causerie. */
const ADVICE: Record<Problem, string> = {
  machine: ': set DATABASE_URL to a PostgreSQL server',
  user: ', or set DATABASE_URL',
  folder: ', or choose another DATA_DIR',
  'earlier-major': ': run "pnpm database:upgrade", or choose another DATA_DIR',
  'later-major': ': start the Causerie that has made it, or choose another DATA_DIR',
  'in-use': ': stop it, or choose another DATA_DIR',
  server: '',
};

/** Resolves and rejects as `work` does; errors of the package are extended by the advice for Causerie. */
export async function withAdvice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    throw new EmbeddedDatabaseError(error.message + ADVICE[error.problem], { cause: error });
  }
}
