import { describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { decodeCursor, encodeCursor } from './conversation-cursor.js';

const ID = '0199d0a2-6c1e-7000-8000-0000000000c1';
const encode = (text: string) => Buffer.from(text).toString('base64url');

it.each(['0', '1', '1769860800123456', '9999999999999999'])(
  'keeps the microsecond %s and the id',
  (activity) => {
    const cursor = encodeCursor({ activity, id: ID });
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor)).toEqual({ activity, id: ID });
  },
);

describe('refuses', () => {
  it.each([
    '',
    'x',
    '%%%',
    ID,
    encode(''),
    encode('|'),
    encode(`1769860800123456`),
    encode(`1769860800123456|`),
    encode(`|${ID}`),
    encode(`1.5|${ID}`),
    encode(`-1|${ID}`),
    encode(`1e3|${ID}`),
    encode(`12345678901234567|${ID}`),
    encode(`1|${ID}0`),
    encode(`1|${ID}\n`),
    encode(`1|${ID.replace('c', 'g')}`),
    encode(`1|${ID.toUpperCase()}`),
    encode(`1|' or true --`),
    encode(`{"activity":"1","id":"${ID}"}`),
  ])('%j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(CursorInvalidError);
  });
});
