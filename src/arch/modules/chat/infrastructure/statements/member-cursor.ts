import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** A position among the members of a conversation. */
export interface MemberCursor {
  /** When the member joined, in microseconds since 1970, the database's full precision. */
  readonly joined: string;
  readonly id: string;
}

/** The start of the first page: before every member. */
export const START: MemberCursor = { joined: '0', id: '00000000-0000-0000-0000-000000000000' };

/** The letter distinguishes it from the cursors of other lists. */
const FORM = /^m(\d{1,16})\|([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

export function encodeCursor({ joined, id }: MemberCursor): string {
  return Buffer.from(`m${joined}|${id}`).toString('base64url');
}

export function decodeCursor(cursor: string): MemberCursor {
  const [, joined, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (joined === undefined || id === undefined) throw new CursorInvalidError();
  return { joined, id };
}
