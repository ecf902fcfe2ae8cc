import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints } from './code-points.js';
import { looksLike, nameFaults, textFaults, visibleTextFaults } from './texts.js';

const MAX = 20;
const isName = (text: string) => nameFaults(text, MAX).length === 0;
const isVisible = (text: string) => visibleTextFaults(text, MAX).length === 0;
const isText = (text: string) => textFaults(text, 0, MAX).length === 0;

const anyText = fc.string({ unit: 'binary', maxLength: MAX + 5 });
const letters = fc.string({
  unit: fc.constantFrom('a', 'Z', 'é', 'ש', 'م', '漢', '🦊', '5'),
  minLength: 1,
  maxLength: 5,
});
const oneOf = (signs: string) => fc.constantFrom(...Array.from(signs));
const invisible = oneOf(
  ' \t\n\u00a0\u3000\u0007\u007f\u0085\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u2028\u202e' +
    '\u2060\u2064\u2066\u206f\u2800\u3164\ufe0f\ufeff\uffa0\ufff9\u{1d159}\u{1d173}\u{e0001}\u{e0061}\u{e01ef}',
);
const control = fc.oneof(
  fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x7f, max: 0x9f }).map((code) => String.fromCodePoint(code)),
  oneOf('\u2028\u2029'),
);
const direction = oneOf('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069');

describe('a name', () => {
  it.each([
    ['a letter', 'x'],
    ['an emoji joined of many', '👨‍👩‍👧‍👦'],
    ['an emoji with a variation selector', '❤️'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a keycap', '1️⃣'],
    ['Hebrew and Arabic', 'שלום مرحبا'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['combining marks', 'Zoe\u0308 Z\u0351\u036b'],
    ['Devanagari', 'क्\u200dषत्रिय'],
    ['blanks around', ' x '],
    ['signs alone', '***'],
    ['what Unicode does not know yet', '\u{1faff}'],
    ['what belongs to nobody', '\uf8ff'],
  ])('may be %s', (_, text) => {
    expect(nameFaults(text, MAX)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a combining mark alone', '\u0301'],
    ['a mark on what is invisible', '\u200b\u0301'],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['Braille blanks', '\u2800\u2800'],
    ['too much', 'x'.repeat(MAX + 1)],
    ['too much in code points', '🦊'.repeat(MAX + 1)],
  ])('is not %s', (_, text) => {
    expect(nameFaults(text, MAX)).toHaveLength(1);
  });

  it('has no control character and no line break, wherever it stands', () => {
    fc.assert(
      fc.property(letters, control, letters, (a, sign, b) => {
        for (const text of [a + sign + b, sign + a]) expect(isName(text)).toBe(false);
      }),
    );
  });

  it('has nothing that changes the direction of text, wherever it stands', () => {
    fc.assert(
      fc.property(letters, direction, letters, (a, sign, b) => {
        for (const text of [a + sign + b, a + sign]) expect(isName(text)).toBe(false);
      }),
    );
  });

  it('is visible text, and that is text: what is refused as one is refused as the next', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const kinds = [isName(text), isVisible(text), isText(text)];
        expect(kinds).toEqual(kinds.toSorted((one, other) => Number(one) - Number(other)));
      }),
    );
  });

  it('is never quoted by its faults', () => {
    const long = `secret${'x'.repeat(MAX)}`;
    for (const text of [long, 'secret\0', 'secret\n', 'secret\u202e']) {
      expect(nameFaults(text, MAX).join()).not.toContain('secret');
    }
  });
});

describe('visible text', () => {
  it('is not of invisible characters alone, however many and which', () => {
    fc.assert(
      fc.property(fc.array(invisible, { minLength: 1, maxLength: MAX }), (signs) => {
        expect(isVisible(signs.join(''))).toBe(false);
      }),
    );
  });

  it('may have invisible characters in addition to visible ones', () => {
    fc.assert(
      fc.property(invisible, letters, (sign, text) => {
        for (const whole of [sign + text, text + sign]) expect(isVisible(whole)).toBe(true);
      }),
    );
  });
});

describe('text', () => {
  it('is what PostgreSQL and JSON can hold: every string of Unicode without U+0000', () => {
    const units = fc.array(
      fc.oneof(fc.constantFrom(0, 0xd83e, 0xdd8a), fc.integer({ min: 0, max: 0xffff })),
      {
        maxLength: MAX,
      },
    );
    fc.assert(
      fc.property(units, (codes) => {
        const text = String.fromCharCode(...codes);
        const stored = Buffer.from(text).toString();
        expect(isText(text)).toBe(stored === text && !codes.includes(0));
      }),
    );
  });

  it('is counted in code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(10), fc.nat(10), (text, least, more) => {
        const given = text.replaceAll('\0', 'x');
        const length = codePoints(given);
        const fits = textFaults(given, least, least + more).length === 0;
        expect(fits).toBe(length >= least && length <= least + more);
      }),
    );
  });
});

describe('a name looks like another', () => {
  it.each([
    ['in another case', 'DELETED uSER'],
    ['with other blanks', ' Deleted\u00a0\u2003user '],
    ['without blanks', 'deleteduser'],
    ['in full width', 'Ｄｅｌｅｔｅｄ ｕｓｅｒ'],
    ['in another style', '𝐃𝐞𝐥𝐞𝐭𝐞𝐝 𝓾𝓼𝓮𝓻'],
    ['in circles', 'Ⓓⓔⓛⓔⓣⓔⓓ ⓤⓢⓔⓡ'],
    ['with invisible characters', 'De\u200bleted\u2060 us\u00ader\ufe0f'],
  ])('%s', (_, text) => {
    expect(looksLike(text, 'Deleted user')).toBe(true);
  });

  it.each(['Deleted users', 'Undeleted user', 'Deleted', 'user', 'Ada'])('but not as %s', (text) => {
    expect(looksLike(text, 'Deleted user')).toBe(false);
  });

  it('whatever invisible characters are put into it', () => {
    fc.assert(
      fc.property(fc.nat(12), invisible, (place, sign) => {
        const name = `${'Deleted user'.slice(0, place)}${sign}${'Deleted user'.slice(place)}`;
        expect(looksLike(name, 'Deleted user')).toBe(true);
      }),
    );
  });
});
