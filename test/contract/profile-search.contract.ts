import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type { AccountSubject, MakeAccountSubject } from './account-subject.js';
import { rounds } from '../support/rounds.js';

const NAMES = [
  'Ada',
  'ÁDÁM',
  'Adele',
  'adapt',
  'Bob',
  '100%',
  '1000',
  'a_b',
  'axb',
  'Жанна',
  'Straße',
  'Łukasz',
  'مُنى',
  'Οδυσσεύς',
];

export function describeProfileSearchContract(name: string, makeSubject: MakeAccountSubject): void {
  describe(`ProfileSearchPort on ${name}`, () => {
    let subject: AccountSubject;

    beforeAll(async () => {
      subject = await makeSubject();
      for (const displayName of NAMES) await signUp(displayName);
    });
    afterAll(() => subject.close());

    const signUp = (displayName: string) =>
      subject.users.create({ email: `${randomUUID()}@x.org`, displayName });
    const names = async (term: string) =>
      (await subject.search.searchProfiles(term, 100)).data.map(({ displayName }) => displayName);

    it.each([
      ['ad', ['Ada', 'ÁDÁM', 'adapt', 'Adele']],
      ['ÄDA', ['Ada', 'ÁDÁM', 'adapt']],
      ['жан', ['Жанна']],
      ['100%', ['100%']],
      ['a_', ['a_b']],
      ['%', []],
      ['da', []],
      ['STRASSE', ['Straße']],
      ['straß', ['Straße']],
      ['lu', ['Łukasz']],
      ['منى', ['مُنى']],
      ['ΟΔΥΣΣΕΥΣ', ['Οδυσσεύς']],
      ['οδυσ', ['Οδυσσεύς']],
    ])('finds by %s, case and accents ignored, no wildcards', async (term, expected) => {
      expect(await names(term)).toEqual(expected);
    });

    it.each(['\u0301', '\u064e', '\u05b7', '\u00ad\u0308'])(
      'finds nobody by marks alone (%j)',
      async (term) => {
        expect(await names(term)).toEqual([]);
      },
    );

    it('finds a user at once who has changed only case and accents of a name', async () => {
      const { id } = await signUp('WEISS');
      await subject.profiles.updateProfile(id, { displayName: 'Weiß' });
      expect(await names('weiss')).toEqual(['Weiß']);
    });

    it('shows the public fields', async () => {
      const {
        email: _,
        updatedAt: __,
        presence: ___,
        readReceipts: ____,
        addableBy: _____,
        ...shown
      } = await signUp('Zoë');
      expect(await subject.search.searchProfiles('zoe', 1)).toEqual({ data: [shown], nextCursor: null });
    });

    it.each([1, 2, 3, 7])('pages by %i show each user once, also users with the same name', async (limit) => {
      const term = `twin ${limit}`;
      const ids = await Promise.all(Array.from({ length: 7 }, async () => (await signUp(term)).id));
      const seen: string[] = [];
      let cursor: string | undefined;
      for (const _ of rounds(ids.length + 1)) {
        const page = await subject.search.searchProfiles(term, limit, cursor);
        expect(page.data.length).toBeLessThanOrEqual(limit);
        seen.push(...page.data.map(({ id }) => id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(ids.toSorted());
    });

    it('refuses a cursor that it never gave out', async () => {
      await expect(subject.search.searchProfiles('a', 1, 'nonsense')).rejects.toThrow(CursorInvalidError);
    });
  });
}
