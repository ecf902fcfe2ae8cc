import { describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { decodeCursor, encodeCursor } from './profile-cursor.js';

const ID = '0199d0a2-6c1e-7000-8000-000000000001';
const encode = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64url');

describe('a cursor', () => {
  it.each(['ada', '', 'a|b', 'line\nbreak', 'жанна 🦊', '\ufeffada'])(
    'holds the place of %j',
    (searchName) => {
      expect(decodeCursor(encodeCursor({ searchName, id: ID }))).toEqual({ searchName, id: ID });
    },
  );

  it.each([
    '',
    'nonsense',
    encode('ada'),
    encode(`${ID}ada`),
    encode(` ${ID}|ada`),
    encode(`${ID.toUpperCase()}|ada`),
    encode(`${ID}|a\0a`),
    encode(Buffer.concat([Buffer.from(`${ID}|`), Buffer.from([0xc3])])),
  ])('is not %j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(CursorInvalidError);
  });
});
