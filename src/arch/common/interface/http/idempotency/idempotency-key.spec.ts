import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { idempotencyKey } from './idempotency-key.js';

const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code));
const keys = fc.string({ unit: printable, minLength: 1, maxLength: 64 });
const quote = (key: string) => `"${key.replaceAll(/["\\]/g, '\\$&')}"`;

const refusalOf = (...fields: string[]): unknown => {
  try {
    return idempotencyKey(fields);
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationFailedError);
    return (error as ValidationFailedError).details.map(({ path }) => path);
  }
};
const REFUSED = ['Idempotency-Key'];

it('is none when no header came', () => {
  expect(idempotencyKey(undefined)).toBeNull();
});

it('is any of 1 to 64 printable characters, as it is', () => {
  fc.assert(
    fc.property(
      keys.filter((key) => !key.startsWith('"')),
      (key) => {
        expect(idempotencyKey([key])).toBe(key);
      },
    ),
  );
});

it('is the same key in the quotes of RFC 8941', () => {
  fc.assert(
    fc.property(keys, (key) => {
      expect(idempotencyKey([quote(key)])).toBe(key);
    }),
  );
});

it('is never anything else, whatever bytes come', () => {
  const bytes = fc.string({
    unit: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCodePoint(code)),
  });
  const fields = fc.oneof(
    bytes,
    bytes.map((text) => `"${text}"`),
    keys.map((key) => `${key}"`),
  );
  fc.assert(
    fc.property(fields, (field) => {
      expect(String(refusalOf(field))).toMatch(/^[\x20-\x7e]{1,64}$/);
    }),
  );
});

describe('is refused, and the header named:', () => {
  it.each([
    ['empty', ''],
    ['empty in quotes', '""'],
    ['65 characters', 'x'.repeat(65)],
    ['65 characters in quotes', quote('x'.repeat(65))],
    ['a tab', 'a\tb'],
    ['DEL', 'a\x7f'],
    ['Latin-1', 'caf\xe9'],
    ['Latin-1 in quotes', '"caf\xe9"'],
    ['a quote that does not end', '"abc'],
    ['a quote alone', '"'],
    ['a quote whose end is escaped', '"abc\\"'],
    ['a quote within quotes', '"a"b"'],
    ['another character escaped', '"a\\b"'],
    ['two strings in one field', '"a", "b"'],
    ['parameters of a structured field', '"a";b=1'],
  ])('%s', (_label, field) => {
    expect(refusalOf(field)).toEqual(REFUSED);
  });

  it('twice, though it be the same', () => {
    expect(refusalOf('a', 'a')).toEqual(REFUSED);
  });
});

it.each([
  ['64 that need escapes', quote('"\\'.repeat(32)), '"\\'.repeat(32)],
  ['a comma', 'a, b', 'a, b'],
  ['a quote inside', 'a"b', 'a"b'],
])('may have %s', (_label, field, key) => {
  expect(idempotencyKey([field])).toBe(key);
});
