import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type PresenceStorePort,
  SEEN_MAX,
} from '../../src/arch/modules/presence/application/ports/presence-store.port.js';
import type { PresenceAudience } from '../../src/arch/modules/presence/domain/models/presence.model.js';

interface PresenceStoreSubject {
  readonly store: PresenceStorePort;
  signUp(): Promise<string>;
  setAudience(userId: string, audience: PresenceAudience): Promise<void>;
  deleteAccount(userId: string): Promise<void>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;

export function describePresenceStoreContract(
  name: string,
  makeSubject: () => Promise<PresenceStoreSubject>,
): void {
  describe(`PresenceStorePort on ${name}`, () => {
    let subject: PresenceStoreSubject;
    let ada: string;
    let bob: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [ada, bob] = [await subject.signUp(), await subject.signUp()];
    });
    afterAll(() => subject.close());

    const find = async (userId: string) => (await subject.store.findStored([userId])).get(userId);
    const ageOf = async (userId: string) =>
      Date.now() - ((await find(userId))?.lastSeenAt?.getTime() ?? Number.NaN);

    it('has the setting of each account, and no time of a user who was never seen', async () => {
      await subject.setAudience(bob, 'contacts');
      expect(await subject.store.findStored([ada, randomUUID(), bob])).toEqual(
        new Map([
          [ada, { audience: 'everyone', lastSeenAt: null }],
          [bob, { audience: 'contacts', lastSeenAt: null }],
        ]),
      );
      expect(await subject.store.findStored([])).toEqual(new Map());
    });

    it('stores the time to the minute', async () => {
      await subject.store.recordSeen([
        { userId: ada, age: 0 },
        { userId: bob, age: HOUR },
      ]);
      expect((await find(ada))?.lastSeenAt?.getTime() ?? Number.NaN).toSatisfy((at) => at % 60_000 === 0);
      expect(await ageOf(ada)).toBeLessThan(120_000);
      expect(await ageOf(bob)).toBeGreaterThanOrEqual(HOUR);
      expect(await ageOf(bob)).toBeLessThan(HOUR + 120_000);
    });

    it('never goes back', async () => {
      await subject.store.recordSeen([{ userId: ada, age: HOUR }]);
      await subject.store.recordSeen([{ userId: ada, age: 0 }]);
      const before = await find(ada);
      await subject.store.recordSeen([{ userId: ada, age: 2 * HOUR }]);
      expect(await find(ada)).toEqual(before);
      expect(await ageOf(ada)).toBeLessThan(120_000);
    });

    it('stores nothing of who hides, nor of deleted and unknown accounts, and everything of the others', async () => {
      await subject.setAudience(ada, 'nobody');
      const deleted = await subject.signUp();
      await subject.deleteAccount(deleted);
      await subject.store.recordSeen([ada, deleted, randomUUID(), bob].map((userId) => ({ userId, age: 0 })));
      await subject.setAudience(ada, 'everyone');
      expect(await find(ada)).toEqual({ audience: 'everyone', lastSeenAt: null });
      expect(await find(deleted)).toBeUndefined();
      expect(await find(bob)).toMatchObject({ lastSeenAt: expect.any(Date) });
    });

    it('records as many users as one write may have, and none', async () => {
      const unknown = Array.from({ length: SEEN_MAX - 1 }, () => ({ userId: randomUUID(), age: 0 }));
      await subject.store.recordSeen([...unknown, { userId: ada, age: 0 }]);
      expect(await find(ada)).toMatchObject({ lastSeenAt: expect.any(Date) });
      await subject.store.recordSeen([]);
    });
  });
}
