import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../domain/errors/cursor-invalid.error.js';
import { decodeCursor, encodeCursor } from './instant-cursor.js';

const ID = '0199d0a2-6c1e-7000-8000-0000000000c1';
const encode = (text: string) => Buffer.from(text).toString('base64url');

function outcome(cursor: string): unknown {
  try {
    return decodeCursor(cursor);
  } catch (error) {
    return error;
  }
}

const isPlace = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  'instant' in value &&
  /^\d{1,16}$/.test(String(value.instant));

it.each(['0', '1', '1769860800123456', '9999999999999999'])(
  'keeps the microsecond %s and the id',
  (instant) => {
    const cursor = encodeCursor({ instant, id: ID });
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor)).toEqual({ instant, id: ID });
  },
);

it('keeps every microsecond of every year that will be, and every id', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n }), fc.uuid(), (microseconds, id) => {
      const place = { instant: String(microseconds), id };
      const cursor = encodeCursor(place);
      expect(encodeURIComponent(cursor)).toBe(cursor);
      expect(decodeCursor(cursor)).toEqual(place);
    }),
  );
});

it('of a cursor that was changed takes another place, or refuses it', () => {
  const cursor = encodeCursor({ instant: '1769860800123456', id: ID });
  const changed = fc.record({
    at: fc.nat(cursor.length - 1),
    // The same from `fc.string({ unit: 'binary' })` takes four seconds, for a list of all characters.
    by: fc.array(fc.nat(0x10_ff_ff), { maxLength: 3 }).map((codes) => String.fromCodePoint(...codes)),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), changed), (change) => {
      const text =
        typeof change === 'string'
          ? change
          : cursor.slice(0, change.at) + change.by + cursor.slice(change.at + 1);
      const answer = outcome(text);
      expect(answer).toSatisfy((one) => one instanceof CursorInvalidError || isPlace(one));
    }),
  );
});

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
    encode(`{"instant":"1","id":"${ID}"}`),
  ])('%j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(CursorInvalidError);
  });
});
