import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmailAlreadyUsedError } from '../../src/arch/modules/user/domain/errors/email-already-used.error.js';
import { type ChatSubject, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeUserRepositoryContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`UserRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    afterAll(() => subject.close());

    const create = (email: string) => subject.users.create({ email, displayName: 'Ada 👩‍👩‍👧' });

    it('creates a user', async () => {
      const user = await create('Ada@Example.com');
      expect(user).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        email: 'ada@example.com',
        displayName: 'Ada 👩‍👩‍👧',
        bio: null,
        avatarUrl: null,
        addableBy: 'everyone',
        presence: 'everyone',
        readReceipts: true,
        createdAt: expect.any(Date),
        updatedAt: user.createdAt,
      });
    });

    it.each(['case@example.com', 'CASE@EXAMPLE.COM', 'Case@example.com'])(
      'finds the account of %s, in whatever case it was written',
      async (email) => {
        const user =
          (await subject.users.findByEmail('cASE@example.com')) ?? (await create('cASE@example.com'));
        expect(await subject.users.findByEmail(email)).toEqual(user);
      },
    );

    it('compares by bytes: an address that only looks alike in lower case belongs to another account', async () => {
      await create('i@x.org');
      expect(await subject.users.findByEmail('I@X.org')).not.toBeNull();
      expect(await subject.users.findByEmail('İ@x.org')).toBeNull();
      expect((await create('İ@x.org')).email).toBe('İ@x.org');
    });

    it.each(['nobody@example.com', '', '%', "' or true --"])('finds nobody as %j', async (email) => {
      expect(await subject.users.findByEmail(email)).toBeNull();
    });

    it('refuses an address that is taken, in whatever case', async () => {
      await create('taken@example.com');
      await expect(create('taken@example.com')).rejects.toThrow(EmailAlreadyUsedError);
      await expect(create('TAKEN@example.com')).rejects.toThrow(EmailAlreadyUsedError);
    });

    it('gives the address to one of ten parallel sign-ups', async () => {
      const settled = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) => create(index % 2 === 0 ? 'race@x.org' : 'RACE@x.org')),
      );
      const refused = settled.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(9);
      for (const { reason } of refused) expect(reason).toBeInstanceOf(EmailAlreadyUsedError);
    });

    it('finds a user by id, and nobody by an id that nobody has', async () => {
      const user = await create('by-id@example.com');
      expect(await subject.users.findById(user.id)).toEqual(user);
      expect(await subject.users.findById(randomUUID())).toBeNull();
    });

    it('returns the unknown ids', async () => {
      const known = await signUp(subject);
      const [one, two] = [randomUUID(), randomUUID()];
      expect(await subject.users.findUnknown([one, known, two])).toEqual([one, two]);
      expect(await subject.users.findUnknown([known])).toEqual([]);
      expect(await subject.users.findUnknown([])).toEqual([]);
      const many = Array.from({ length: 101 }, () => randomUUID());
      expect(await subject.users.findUnknown(many)).toEqual(many);
    });
  });
}
