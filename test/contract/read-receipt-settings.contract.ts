import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileRepositoryPort } from '../../src/arch/modules/user/application/ports/profile-repository.port.js';
import type { ReadReceiptsPort } from '../../src/arch/modules/user/application/ports/read-receipts.port.js';

export interface ReadReceiptsSubject {
  readonly receipts: ReadReceiptsPort;
  readonly profiles: ProfileRepositoryPort;
  /** Returns the id of a new user, who is connected. */
  signUp(): Promise<string>;
  close(): Promise<void>;
}

export function describeReadReceiptSettingsContract(
  name: string,
  makeSubject: () => Promise<ReadReceiptsSubject>,
): void {
  describe(`ReadReceiptsPort on ${name}`, () => {
    let subject: ReadReceiptsSubject;
    let ada: string;
    let heard: [userId: string, areOn: boolean][];

    beforeAll(async () => {
      subject = await makeSubject();
      subject.receipts.onChange((...change) => heard.push(change));
    });
    beforeEach(async () => {
      heard = [];
      ada = await subject.signUp();
    });
    afterAll(() => subject.close());

    const change = async (readReceipts: boolean) => {
      await subject.profiles.updateProfile(ada, { readReceipts });
      await subject.receipts.announceChange(ada);
    };

    it('they are on until they are switched off', async () => {
      expect(await subject.receipts.areOn(ada)).toBe(true);
      await subject.profiles.updateProfile(ada, { displayName: 'Ada', readReceipts: false });
      expect(await subject.receipts.areOn(ada)).toBe(false);
      await subject.profiles.updateProfile(ada, { displayName: 'Ada L.' });
      expect(await subject.receipts.areOn(ada)).toBe(false);
      expect(await subject.receipts.areOn(await subject.signUp())).toBe(true);
    });

    it('the listener has heard of a change when its announcement resolves', async () => {
      await change(false);
      expect(heard).toEqual([[ada, false]]);
      await change(true);
      expect(heard).toEqual([
        [ada, false],
        [ada, true],
      ]);
    });
  });
}
