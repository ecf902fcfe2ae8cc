/**
 * The kind of a failure, for callers that add advice about their own settings: `machine`: there is no PostgreSQL that
 * runs here; `user`: it cannot run as this user; `folder`: the folder cannot be used as it is; `earlier-major`,
 * `later-major`: another major version has created the database; `in-use`: another process has the folder; `server`:
 * PostgreSQL itself fails.
 */
export type Problem = 'machine' | 'user' | 'folder' | 'earlier-major' | 'later-major' | 'in-use' | 'server';

/**
 * Every expected failure: `message` is one line, without a full stop, for the operator of the process. Any other error
 * of this package is a defect.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly problem: Problem;

  constructor(problem: Problem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** The reason in a caught value, in one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The `code` of a Node or system error (`ENOENT`, `EACCES`, …). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
