import { EmbeddedPostgresError, type Problem } from 'causerie-embedded-postgres';

/**
 * Every expected failure of the embedded database: `message` is one line for the person who started the
 * process, naming what to do. Anything else that escapes this folder is a defect.
 */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
}

/** How to go on, in the words of our settings. */
const ADVICE: Record<Problem, string> = {
  machine: ': set DATABASE_URL to a PostgreSQL server',
  user: ', or set DATABASE_URL',
  folder: ', or choose another DATA_DIR',
  'earlier-major': ': run "pnpm database:upgrade", or choose another DATA_DIR',
  'later-major': ': start the Causerie that has made it, or choose another DATA_DIR',
  'in-use': ': stop it, or choose another DATA_DIR',
  server: '',
};

/** Answers or fails as `work` does; what the package says gets the advice that fits Causerie. */
export async function withAdvice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    throw new EmbeddedDatabaseError(error.message + ADVICE[error.problem], { cause: error });
  }
}
