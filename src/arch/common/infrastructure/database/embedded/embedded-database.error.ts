/**
 * Every expected failure of the embedded database: `message` is one line for the person who started the
 * process, naming what to do. Anything else that escapes this folder is a defect.
 */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
}

/** The reason inside a caught value, in one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The `code` of a Node or system error (`ENOENT`, `EACCES`, …). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
