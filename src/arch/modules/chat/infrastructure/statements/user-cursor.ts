import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** The letter distinguishes it from the cursors of lists in another order. */
const FORM = /^b([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** @param userId the last user of a page of blocked or banned users, who are in the order of their ids */
export function encodeCursor(userId: string): string {
  return Buffer.from(`b${userId}`).toString('base64url');
}

export function decodeCursor(cursor: string): string {
  const [, userId] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (userId === undefined) throw new CursorInvalidError();
  return userId;
}
