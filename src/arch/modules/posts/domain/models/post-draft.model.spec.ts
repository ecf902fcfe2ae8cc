import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { draftPost, draftPostChanges } from './post-draft.model.js';

const draft = { ownerId: 'owner', title: 'Title', content: 'Content', visibility: 'public' as const };

/** The fields that are refused; null when none is. */
function refused(work: () => unknown): string[] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof ValidationFailedError)) throw error;
    return error.details.map(({ path }) => path);
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

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\ufeff'])('is not blank as %j', (blank) => {
    expect(both(blank)).toEqual([[field], [field]]);
  });

  it('is kept exactly as sent', () => {
    const text = '  x\n ';
    expect(draftPost({ ...draft, [field]: text })).toEqual({ ...draft, [field]: text });
    expect(draftPostChanges({ [field]: text })).toEqual({ [field]: text });
  });
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
