import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import type { AccountSubject, MakeAccountSubject } from './account-subject.js';

export function describeProfileRepositoryContract(name: string, makeSubject: MakeAccountSubject): void {
  describe(`ProfileRepositoryPort on ${name}`, () => {
    let subject: AccountSubject;
    let user: User;
    let other: User;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      user = await signUp('Ada');
      other = await signUp('Bob');
    });
    afterAll(() => subject.close());

    const signUp = (displayName: string) =>
      subject.users.create({ email: `${randomUUID()}@x.org`, displayName });
    const stored = (id = user.id) => subject.users.findById(id);

    it('changes only the given fields, and no other user', async () => {
      const renamed = await subject.profiles.updateProfile(user.id, { displayName: 'Eve' });
      expect(renamed).toEqual({ ...user, displayName: 'Eve', updatedAt: expect.any(Date) });
      const described = await subject.profiles.updateProfile(user.id, { bio: 'Counts.' });
      expect(described).toEqual({ ...renamed, bio: 'Counts.', updatedAt: expect.any(Date) });
      expect(await stored()).toEqual(described);
      expect(await stored(other.id)).toEqual(other);
      expect(described?.updatedAt.getTime()).toBeGreaterThan(user.updatedAt.getTime());
    });

    it('changes who sees the presence', async () => {
      expect(await stored()).toMatchObject({ presence: 'everyone' });
      for (const presence of ['nobody', 'contacts', 'everyone'] as const) {
        expect(await subject.profiles.updateProfile(user.id, { presence })).toMatchObject({ presence });
        expect(await stored()).toMatchObject({ presence });
      }
      expect(await stored(other.id)).toEqual(other);
    });

    it('stores who may add a user, for each user', async () => {
      expect(user.addableBy).toBe('everyone');
      const changed = await subject.profiles.updateProfile(user.id, { addableBy: 'contacts' });
      expect(changed).toEqual({ ...user, addableBy: 'contacts', updatedAt: expect.any(Date) });
      expect(await subject.profiles.updateProfile(user.id, { bio: 'x' })).toMatchObject({
        addableBy: 'contacts',
      });
      expect(await stored()).toMatchObject({ addableBy: 'contacts' });
      expect(await stored(other.id)).toEqual(other);
    });

    it('distinguishes an empty bio from none', async () => {
      expect(await subject.profiles.updateProfile(user.id, { bio: '' })).toMatchObject({ bio: '' });
      expect(await subject.profiles.updateProfile(user.id, { bio: null })).toMatchObject({ bio: null });
    });

    it('changes the avatar and answers the one before', async () => {
      const first = await subject.profiles.changeAvatar(user.id, '/a');
      expect(first).toEqual({
        user: { ...user, avatarUrl: '/a', updatedAt: expect.any(Date) },
        previous: null,
      });
      expect(await subject.profiles.changeAvatar(user.id, '/b')).toMatchObject({ previous: '/a' });
      expect(await subject.profiles.changeAvatar(user.id, null)).toMatchObject({
        user: { avatarUrl: null },
        previous: '/b',
      });
      expect(await stored(other.id)).toEqual(other);
    });

    it('of many simultaneous avatars each except the last is returned as the previous one once', async () => {
      const urls = Array.from({ length: 10 }, (_, index) => `/${index}`);
      const changes = await Promise.all(urls.map((url) => subject.profiles.changeAvatar(user.id, url)));
      const seen = [...changes.map((change) => change?.previous), (await stored())?.avatarUrl];
      expect(seen).toHaveLength(11);
      expect(new Set(seen)).toEqual(new Set([...urls, null]));
    });

    it('anonymises, so that no port finds the account any more and the address is free', async () => {
      await subject.profiles.changeAvatar(user.id, '/a');
      expect(await subject.profiles.anonymiseAccount(user.id)).toBe('/a');
      expect(await stored()).toBeNull();
      expect(await subject.users.findByEmail(user.email)).toBeNull();
      expect(await subject.users.findByEmail(`deleted-${user.id}@invalid`)).toBeNull();
      expect(await subject.users.findUnknown([other.id, user.id])).toEqual([user.id]);
      expect((await subject.search.searchProfiles('Deleted', 100)).data).toEqual([]);
      expect(await stored(other.id)).toEqual(other);
      const again = { email: user.email, displayName: 'Next' };
      expect((await subject.users.create(again)).id).not.toBe(user.id);
    });

    it('changes nothing for a deleted or unknown account', async () => {
      await subject.profiles.anonymiseAccount(user.id);
      for (const id of [user.id, randomUUID()]) {
        expect(await subject.profiles.updateProfile(id, { displayName: 'Back' })).toBeNull();
        expect(await subject.profiles.changeAvatar(id, '/a')).toBeNull();
        expect(await subject.profiles.anonymiseAccount(id)).toBeNull();
      }
    });

    it('anonymises several', async () => {
      await Promise.all([user, other].map(({ id }) => subject.profiles.anonymiseAccount(id)));
      expect(await subject.users.findUnknown([user.id, other.id])).toEqual([user.id, other.id]);
    });
  });
}
