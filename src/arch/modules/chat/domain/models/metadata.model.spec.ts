import { describe, expect, it } from 'vitest';
import { canonicalJson, isSameJson, type Metadata, metadataFaults } from './metadata.model.js';

/** An object of so many levels. */
const nested = (levels: number): Metadata =>
  Array.from({ length: levels - 1 }).reduce<Metadata>((inner) => ({ a: inner }), {});
/** `{"a":"…"}` with so many bytes. */
const sized = (bytes: number): Metadata => ({ a: 'x'.repeat(bytes - 8) });

describe('metadataFaults', () => {
  it.each<[string, Metadata]>([
    ['nothing', {}],
    ['all kinds of values', { text: 'é😀', number: -1.5, yes: true, none: null, list: [1, { b: [] }] }],
    ['8 levels', nested(8)],
    ['8 levels with lists', { a: [[[[[[[1]]]]]]] }],
    ['4,096 bytes', sized(4_096)],
    ['the largest and the smallest numbers', { a: Number.MAX_VALUE, b: Number.MIN_VALUE, c: -0 }],
    ['a key that objects have', { constructor: 1, toString: 2 }],
  ])('accepts %s', (_, metadata) => {
    expect(metadataFaults(metadata)).toEqual([]);
  });

  it.each<[string, Metadata, string]>([
    ['9 levels', nested(9), 'must be at most 8 levels deep'],
    ['9 levels with lists', { a: [[[[[[[[1]]]]]]]] }, 'must be at most 8 levels deep'],
    ['4,097 bytes', sized(4_097), 'must be at most 4096 bytes as JSON'],
    ['4,098 bytes in fewer characters', { a: '€'.repeat(1_364) }, 'must be at most 4096 bytes as JSON'],
    ['escapes that make it longer', { a: '\n'.repeat(2_050) }, 'must be at most 4096 bytes as JSON'],
    [
      'numbers with more than 4,096 digits',
      { a: Array(14).fill(1e300) },
      'must be at most 4096 bytes as JSON',
    ],
    ['small numbers with as many', { a: Array(14).fill(-1e-300) }, 'must be at most 4096 bytes as JSON'],
    ['a number that is none', { a: [Number.NaN] }, 'must have finite numbers only'],
    ['an infinite number', { a: { b: Infinity } }, 'must have finite numbers only'],
    ['U+0000 in a value', { a: ['\0'] }, 'must be valid Unicode without U+0000'],
    ['U+0000 in a key', { a: { 'b\0': 1 } }, 'must be valid Unicode without U+0000'],
    ['a lone surrogate in a value', { a: '\ud800' }, 'must be valid Unicode without U+0000'],
    ['a lone surrogate in a key', { '\udc00': 1 }, 'must be valid Unicode without U+0000'],
  ])('refuses %s', (_, metadata, fault) => {
    expect(metadataFaults(metadata)).toEqual([fault]);
  });

  it('names each broken rule once, and does not go deeper than it must', () => {
    expect(metadataFaults({ a: ['\0', '\0', Infinity], b: 'x'.repeat(5_000) }).toSorted()).toEqual([
      'must be at most 4096 bytes as JSON',
      'must be valid Unicode without U+0000',
      'must have finite numbers only',
    ]);
    expect(metadataFaults(nested(50_000))).toEqual(['must be at most 8 levels deep']);
  });

  it.each([1e21, 1.5e21, 1e-7, 1.25e-7, -1e300, 5e-324])('counts all digits of %d', (number) => {
    const digits = number.toLocaleString('en', {
      maximumFractionDigits: 100,
      maximumSignificantDigits: 21,
      useGrouping: false,
    });
    // `{"a":` and `}`
    const list = Array.from({ length: 8 }, () => number);
    const room = 4_096 - '{"a":[],"b":""}'.length - (8 * bytesOf(number, digits) + 7);
    expect(metadataFaults({ a: list, b: 'x'.repeat(room) })).toEqual([]);
    expect(metadataFaults({ a: list, b: 'x'.repeat(room + 1) })).toHaveLength(1);
  });
});

/** `toLocaleString` writes at most 100 digits behind the point. */
function bytesOf(number: number, digits: string): number {
  return Math.abs(number) < 1e-100 ? '0.'.length + 324 : digits.length;
}

describe('isSameJson', () => {
  it.each([
    [
      { a: 1, b: [2, { c: null }] },
      { b: [2, { c: null }], a: 1 },
    ],
    [null, null],
    [{ a: -0 }, { a: 0 }],
  ])('%j is %j', (one, other) => expect(isSameJson(one, other)).toBe(true));

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [
      { a: 1, b: undefined },
      { a: 1, c: 1 },
    ],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: [] }, { a: {} }],
    [{ a: {} }, { a: null }],
    [{}, null],
    [{ constructor: 1 }, {}],
    [
      { toString: 1, a: 2 },
      { a: 2, b: 1 },
    ],
  ])('%j is not %j', (one, other) => {
    expect(isSameJson(one, other)).toBe(false);
    expect(isSameJson(other, one)).toBe(false);
  });
});

describe('canonicalJson', () => {
  it('is JSON, with the keys of each object in order', () => {
    const value = { b: [{ d: null, c: 'é"\\\n' }, []], a: -0, constructor: true, é: 1.5, B: {} };
    const text = canonicalJson(value);
    expect(text).toBe('{"B":{},"a":0,"b":[{"c":"é\\"\\\\\\n","d":null},[]],"constructor":true,"é":1.5}');
    expect(isSameJson(JSON.parse(text), { ...value, a: 0 })).toBe(true);
  });

  it('has a key that would be the prototype of an object', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"b":1}}'))).toBe('{"__proto__":{"b":1}}');
  });
});
