import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileChangesPort } from '../../src/arch/modules/user/application/ports/profile-changes.port.js';
import type { AccountSubject, MakeAccountSubject } from './account-subject.js';

export function describeProfileChangesContract(name: string, makeSubject: MakeAccountSubject): void {
  describe(`ProfileChangesPort on ${name}`, () => {
    let subject: AccountSubject;
    let changes: ProfileChangesPort;
    let ada: string;

    beforeAll(async () => {
      subject = await makeSubject();
      ({ changes } = subject);
    });
    beforeEach(async () => {
      const email = `${randomUUID()}@x.org`;
      ada = (await subject.users.create({ email, displayName: 'Ada' })).id;
    });
    afterAll(() => subject.close());

    const version = async () => (await changes.findProfile(ada))?.version;

    it('finds what others are shown, also of a deleted account', async () => {
      const shown = { userId: ada, displayName: 'Ada', avatarUrl: null, version: expect.any(Number) };
      expect(await changes.findProfile(ada)).toEqual({ ...shown, isDeleted: false });
      await subject.profiles.updateProfile(ada, { displayName: 'Ada L.' });
      await subject.profiles.changeAvatar(ada, '/a');
      const changed = { ...shown, displayName: 'Ada L.', avatarUrl: '/a', isDeleted: false };
      expect(await changes.findProfile(ada)).toEqual(changed);
      await subject.profiles.anonymiseAccount(ada);
      const deleted = { ...shown, displayName: 'Deleted user', isDeleted: true };
      expect(await changes.findProfile(ada)).toEqual(deleted);
      expect(await changes.findProfile(randomUUID())).toBeNull();
    });

    it('the version is a whole number that is higher after each change', async () => {
      const versions = [await version()];
      for (const change of [
        () => subject.profiles.updateProfile(ada, { displayName: 'Eve' }),
        () => subject.profiles.updateProfile(ada, { displayName: 'Ada' }),
        () => subject.profiles.changeAvatar(ada, '/a'),
        () => subject.profiles.changeAvatar(ada, null),
        () => subject.profiles.anonymiseAccount(ada),
      ]) {
        await change();
        versions.push(await version());
      }
      expect(versions.every(Number.isSafeInteger)).toBe(true);
      expect(new Set(versions).size).toBe(6);
      expect(versions).toEqual(versions.toSorted((one, other) => Number(one) - Number(other)));
    });

    it('each listener hears of each announced change at once', () => {
      const heard: string[] = [];
      changes.onChange((userId) => heard.push(`first ${userId}`));
      changes.onChange((userId) => heard.push(`second ${userId}`));
      changes.announceChange(ada);
      expect(heard).toEqual([`first ${ada}`, `second ${ada}`]);
    });
  });
}
