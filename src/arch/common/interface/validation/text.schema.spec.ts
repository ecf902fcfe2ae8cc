import { describe, expect, it } from 'vitest';
import { text, visibleText } from './text.schema.js';

const accepts = (schema: ReturnType<typeof text>, value: unknown) => schema.safeParse(value).success;

describe('text', () => {
  it.each(['ab', 'abc', '👩👩', '👩👩👩', '  ', '\n\t', 'é\u0301'])(
    'takes %j for 2 to 3 characters',
    (value) => {
      expect(text(2, 3).parse(value)).toBe(value);
    },
  );

  it.each(['', 'a', '👩', 'abcd', '👩👩👩👩'])('does not take %j for 2 to 3 characters', (value) => {
    expect(accepts(text(2, 3), value)).toBe(false);
  });

  it.each(['a\0b', '\ud83d', '\ude00', 'a\ud83d\ud83db'])(
    'refuses %j, which is not valid Unicode',
    (value) => {
      expect(accepts(text(0, 10), value)).toBe(false);
    },
  );

  it.each([undefined, null, 1, true, {}, ['a'], new String('abc')])(
    'refuses %j, which is no string',
    (value) => {
      expect(accepts(text(0, 10), value)).toBe(false);
    },
  );

  it('never quotes what was sent', () => {
    for (const value of ['secret'.repeat(10), 'secret\0', ['secret']]) {
      const { error } = text(1, 3).safeParse(value);
      expect(error?.issues).not.toEqual([]);
      expect(JSON.stringify(error?.issues)).not.toContain('secret');
    }
  });
});

describe('visibleText', () => {
  it.each(['a', ' a ', '\u200ba', '👩'.repeat(5)])('takes %j', (value) => {
    expect(visibleText(5).parse(value)).toBe(value);
  });

  it.each(['', ' ', '\n\r\t\v\f', '\u00a0\u2003\u3000\ufeff', 'abcdef', '\0', '\u200b\u2060'])(
    'refuses %j',
    (value) => {
      expect(accepts(visibleText(5), value)).toBe(false);
    },
  );
});
