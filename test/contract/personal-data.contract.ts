import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  PersonalDataPort,
  PersonalRecord,
} from '../../src/arch/common/application/ports/personal-data.port.js';

/** Number of records that fill more than two pages of an export. */
const MANY = 1_100;
/** Kinds of which a user has one record only. */
const ONLY_ONE = new Set(['profile', 'last_seen']);

export interface PersonalDataSubject {
  readonly data: PersonalDataPort;
  /** The kinds of records that `add` adds, each with the names of all exported fields. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** The id of a new user with an account. */
  signUp(): Promise<string>;
  /** Adds so many records of each kind; a user has only one of some kinds. */
  add(userId: string, count: number): Promise<void>;
  /** Of the records of an earlier export, those that an erasure keeps, as they are exported after it. */
  left(before: PersonalRecord): object | null;
  close(): Promise<void>;
}

export function describePersonalDataContract(name: string, make: () => Promise<PersonalDataSubject>): void {
  describe(`PersonalDataPort on ${name}`, () => {
    let subject: PersonalDataSubject;
    let ada: string;
    let bob: string;

    beforeAll(async () => {
      subject = await make();
    });
    beforeEach(async () => {
      [ada, bob] = [await subject.signUp(), await subject.signUp()];
    });
    afterAll(() => subject.close());

    const exported = async (userId: string) => {
      const records: PersonalRecord[] = [];
      for await (const record of subject.data.export(userId)) records.push(record);
      return records;
    };

    it('exports every kind with its listed fields, and no other', async () => {
      await subject.add(ada, 2);
      const records = await exported(ada);
      expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(Object.keys(subject.fields)));
      for (const { kind, data } of records) {
        expect(Object.keys(data).toSorted()).toEqual([...(subject.fields[kind] ?? [])].toSorted());
      }
    });

    it('exports everything once, over several pages', async () => {
      await subject.add(ada, MANY);
      const records = await exported(ada);
      const texts = new Set(records.map((record) => JSON.stringify(record)));
      expect(texts.size).toBe(records.length);
      for (const kind of Object.keys(subject.fields)) {
        const count = records.filter((record) => record.kind === kind).length;
        expect([kind, count]).toEqual([kind, ONLY_ONE.has(kind) ? 1 : MANY]);
      }
    });

    it('exports nothing of other users, and nothing for an unknown user', async () => {
      await subject.add(ada, 2);
      const before = await exported(bob);
      expect(before.filter(({ kind }) => kind !== 'profile')).toEqual([]);
      expect(JSON.stringify(before)).not.toContain(ada);
      expect(await exported(randomUUID())).toEqual([]);
    });

    it('erases all that is not to stay, of no other user, and may be repeated', async () => {
      for (const id of [ada, bob]) await subject.add(id, 3);
      const [own, other] = [await exported(ada), await exported(bob)];
      const left = own.map((record) => subject.left(record)).filter((record) => record !== null);
      for (let times = 0; times < 2; times += 1) {
        await subject.data.erase(ada);
        expect(await exported(ada)).toEqual(left);
      }
      expect(await exported(bob)).toEqual(other);
    });

    it('accepts a user without data', async () => {
      const nobody = randomUUID();
      await subject.data.erase(nobody);
      const afterCommit = await subject.data.closeAccount(nobody);
      await afterCommit();
      expect(await exported(nobody)).toEqual([]);
    });
  });
}
