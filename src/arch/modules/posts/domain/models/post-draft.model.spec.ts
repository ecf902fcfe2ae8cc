import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { draftPost, draftPostChanges } from './post-draft.model.js';

const draft = { ownerId: 'owner', title: 'Title', content: 'Content', visibility: 'public' as const };

/** The refused fields; null when there are none. */
function refused(work: () => unknown): string[] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof ValidationFailedError)) throw error;
    return [...new Set(error.details.map(({ path }) => path))];
  }
}

describe.each([
  ['title', 255],
  ['content', 20_000],
])('%s', (field, maximum) => {
  const both = (text: string) => [
    refused(() => draftPost({ ...draft, [field]: text })),
    refused(() => draftPostChanges({ [field]: text })),
  ];

  it(`has up to ${maximum} code points`, () => {
    expect(both('👋'.repeat(maximum))).toEqual([null, null]);
    expect(both('👋'.repeat(maximum + 1))).toEqual([[field], [field]]);
    expect(both('x'.repeat(maximum + 1))).toEqual([[field], [field]]);
  });

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\ufeff', '\u200b\u2060'])('is not blank as %j', (blank) => {
    expect(both(blank)).toEqual([[field], [field]]);
  });

  it.each(['a\0', '\ud83d', 'a\udd8a'])('is not %j, which cannot be stored', (text) => {
    expect(both(text)).toEqual([[field], [field]]);
  });

  it('is kept exactly as sent', () => {
    const text = '  x  ';
    expect(draftPost({ ...draft, [field]: text })).toEqual({ ...draft, [field]: text });
    expect(draftPostChanges({ [field]: text })).toEqual({ [field]: text });
  });
});

it.each(['a\nb', 'a\u0007', '\u202ea', 'a\u2066', '\u0301'])('%j is no title, but may be content', (text) => {
  expect(refused(() => draftPost({ ...draft, title: text }))).toEqual(['title']);
  expect(refused(() => draftPost({ ...draft, content: text }))).toBeNull();
});

it('names every field that is wrong', () => {
  expect(refused(() => draftPost({ ...draft, title: '', content: '' }))).toEqual(['title', 'content']);
});

describe('a change', () => {
  it.each([{}, { title: undefined }, { title: undefined, content: undefined, visibility: undefined }])(
    'is not %j',
    (nothing) => {
      expect(refused(() => draftPostChanges(nothing))).toEqual(['']);
    },
  );

  it('may be of the visibility alone', () => {
    expect(draftPostChanges({ visibility: 'private' })).toEqual({ visibility: 'private' });
  });
});
