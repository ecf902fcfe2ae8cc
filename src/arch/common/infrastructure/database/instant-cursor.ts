import { CursorInvalidError } from '../../domain/errors/cursor-invalid.error.js';

/** A position in a list that is ordered by a time and an id. */
export interface InstantCursor {
  /** Microseconds since 1970, the database's full precision: a `Date` would lose some and skip or repeat rows. */
  readonly instant: string;
  readonly id: string;
}

const FORM = /^(\d{1,16})\|([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

export function encodeCursor({ instant, id }: InstantCursor): string {
  return Buffer.from(`${instant}|${id}`).toString('base64url');
}

export function decodeCursor(cursor: string): InstantCursor {
  const [, instant, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (instant === undefined || id === undefined) throw new CursorInvalidError();
  return { instant, id };
}
