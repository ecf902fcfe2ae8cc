import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** A position among the reactions to a message. */
export interface ReactionCursor {
  readonly key: string;
  readonly userId: string;
}

/** The byte behind a letter, which distinguishes it from the cursors of other lists, and an id of 16 bytes. */
const KEY_BEGINS = 17;
const FORM = /^r([0-9a-f]{32})$/;

export function encodeCursor({ key, userId }: ReactionCursor): string {
  const id = Buffer.from(userId.replaceAll('-', ''), 'hex');
  return Buffer.concat([Buffer.from('r'), id, Buffer.from(key)]).toString('base64url');
}

export function decodeCursor(cursor: string): ReactionCursor {
  const bytes = Buffer.from(cursor, 'base64url');
  const head = `${bytes.toString('latin1', 0, 1)}${bytes.toString('hex', 1, KEY_BEGINS)}`;
  const [, id] = FORM.exec(head) ?? [];
  const key = bytes.toString('utf8', KEY_BEGINS);
  if (id === undefined || key === '' || key.includes('\0')) throw new CursorInvalidError();
  return { key, userId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') };
}
