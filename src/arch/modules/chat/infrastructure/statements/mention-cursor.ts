import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** A position in the list of a user's mentions. */
export interface MentionCursor {
  /** Microseconds since 1970. */
  readonly instant: string;
  readonly conversationId: string;
  readonly seq: string;
}

/** The letter distinguishes it from the cursors of other lists. */
const FORM = /^m(\d{1,16})\|([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\|(\d{1,16})$/;

export function encodeCursor({ instant, conversationId, seq }: MentionCursor): string {
  return Buffer.from(`m${instant}|${conversationId}|${seq}`).toString('base64url');
}

export function decodeCursor(cursor: string): MentionCursor {
  const [, instant, conversationId, seq] =
    FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (instant === undefined || conversationId === undefined || seq === undefined)
    throw new CursorInvalidError();
  return { instant, conversationId, seq };
}
