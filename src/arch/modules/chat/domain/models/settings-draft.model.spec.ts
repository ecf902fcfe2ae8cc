import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { DEFAULT_SETTINGS } from './conversation-settings.model.js';
import { changedSettings, draftSettings, type SettingsDraft } from './settings-draft.model.js';

describe('draftSettings', () => {
  it.each<SettingsDraft>([
    { title: 'Title' },
    { title: null },
    { metadata: { colour: 'blue' } },
    { metadata: null },
    { adding: 'all', title: undefined },
    { posting: 'admins' },
    { slowModeSeconds: 0 },
    { slowModeSeconds: 21_600 },
  ])('accepts %j', (draft) => expect(draftSettings(draft)).toBe(draft));

  it.each<[SettingsDraft, string]>([
    [{}, ''],
    [{ title: undefined, adding: undefined }, ''],
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(256) }, 'title'],
    [{ title: 'Title', metadata: { a: '\0' } }, 'metadata'],
    ...[-1, 21_601, 0.5, Number.NaN].map((slowModeSeconds): [SettingsDraft, string] => [
      { slowModeSeconds },
      'slowModeSeconds',
    ]),
    [{ adding: 'all', metadata: { a: 'x'.repeat(4_096) } }, 'metadata'],
  ])('refuses %j for %j', (draft, path) => {
    let refusal: unknown;
    try {
      draftSettings(draft);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ValidationFailedError);
    expect(refusal).toMatchObject({ details: [{ path }] });
  });
});

describe('changedSettings', () => {
  const present = { ...DEFAULT_SETTINGS, title: 'Title', metadata: { a: 1, b: [2] } };

  it('answers what differs, with the new values', () => {
    const draft = {
      title: null,
      metadata: { a: 2 },
      posting: 'admins',
      adding: 'all',
      slowModeSeconds: 5,
    } as const;
    expect(changedSettings(present, draft)).toEqual(draft);
    expect(changedSettings(DEFAULT_SETTINGS, { title: 'Title', metadata: {} })).toEqual({
      title: 'Title',
      metadata: {},
    });
  });

  it.each<SettingsDraft>([
    {},
    { title: 'Title' },
    { metadata: { b: [2], a: 1 } },
    { posting: 'all', adding: 'admins', slowModeSeconds: 0, title: undefined },
  ])('leaves out what stays the same: %j', (draft) => expect(changedSettings(present, draft)).toEqual({}));
});
