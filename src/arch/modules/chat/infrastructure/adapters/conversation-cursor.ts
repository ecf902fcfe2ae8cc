import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** A place in the list of conversations. */
export interface ConversationCursor {
  /** Microseconds since 1970, the database's full precision: a `Date` would lose some and skip or repeat rows. */
  readonly activity: string;
  readonly id: string;
}

const FORM = /^(\d{1,16})\|([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

export function encodeCursor({ activity, id }: ConversationCursor): string {
  return Buffer.from(`${activity}|${id}`).toString('base64url');
}

export function decodeCursor(cursor: string): ConversationCursor {
  const [, activity, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (activity === undefined || id === undefined) throw new CursorInvalidError();
  return { activity, id };
}
