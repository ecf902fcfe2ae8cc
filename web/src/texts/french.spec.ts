import { expect, it } from 'vitest';
import { texts } from './fr.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

/** All texts of an area; those that are made of something are made of nothing in particular. */
const textsOf = (area: object): string[] =>
  Object.values(area).flatMap((text: unknown) => {
    if (typeof text === 'string') return [text];
    if (typeof text === 'function') return [String(text(['x'], 'x', 'x'))];
    return typeof text === 'object' && text !== null ? textsOf(text) : [];
  });

const all = textsOf({ ...texts, settings: SETTINGS_TEXTS.fr });

it('narrow spaces that do not break stand before double punctuation, and in quotation marks', () =>
  expect(all.filter((text) => /[^\u202F](?:[;!?»]|:(?!\/))|«[^\u202F]/.test(text))).toEqual([]));

it('apostrophes are typographic', () => expect(all.filter((text) => text.includes("'"))).toEqual([]));
