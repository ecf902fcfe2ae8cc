import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';

/** A position in the list of profiles. */
export interface ProfileCursor {
  readonly searchName: string;
  readonly id: string;
}

const FORM = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\|([^\0]*)$/s;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function encodeCursor({ searchName, id }: ProfileCursor): string {
  return Buffer.from(`${id}|${searchName}`).toString('base64url');
}

export function decodeCursor(cursor: string): ProfileCursor {
  const [, id, searchName] = FORM.exec(decode(cursor)) ?? [];
  if (id === undefined || searchName === undefined) throw new CursorInvalidError();
  return { searchName, id };
}

function decode(cursor: string): string {
  try {
    return utf8.decode(Buffer.from(cursor, 'base64url'));
  } catch {
    throw new CursorInvalidError();
  }
}
