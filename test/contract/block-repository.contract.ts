import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { UserNotFoundError } from '../../src/arch/common/domain/errors/user-not-found.error.js';
import type { BlockRepositoryPort } from '../../src/arch/modules/chat/application/ports/block-repository.port.js';
import { type ChatSubject, converse, type MakeChatSubject, openDirect, signUp } from './chat-subject.js';

export function describeBlockRepositoryContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`BlockRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let blocks: BlockRepositoryPort;
    let me: string;
    let other: string;

    beforeAll(async () => {
      subject = await makeSubject();
      ({ blocks } = subject);
    });
    beforeEach(async () => {
      me = await signUp(subject, 'Ada');
      other = await signUp(subject, 'Bob');
    });
    afterAll(() => subject.close());

    const set = (blockerId: string, blockedId: string, isBlocked: boolean) =>
      subject.transactions.runInTransaction(() => blocks.setBlock(blockerId, blockedId, isBlocked));
    const blockedBy = async (id: string) => (await blocks.findPage(id, 100)).data.map(({ userId }) => userId);

    it('blocks and unblocks, one way only, and says whether that changes anything', async () => {
      expect(await set(me, other, false)).toBe(false);
      expect(await set(me, other, true)).toBe(true);
      expect(await set(me, other, true)).toBe(false);
      expect(await blocks.isBlocked(me, other)).toBe(true);
      expect(await blocks.isBlocked(other, me)).toBe(false);
      expect(await set(me, other, false)).toBe(true);
      expect(await set(me, other, false)).toBe(false);
      expect(await blocks.isBlocked(me, other)).toBe(false);
    });

    it('knows the direct conversations in which one has blocked the other, and no group', async () => {
      const group = await converse(subject, me, other);
      const direct = await openDirect(subject, me, other);
      const found = async () => [await blocks.hasBlock(direct), await blocks.hasBlock(group)];
      for (const [blocker, blocked] of [
        [me, other],
        [other, me],
      ] as const) {
        expect(await found()).toEqual([false, false]);
        await set(blocker, blocked, true);
        expect(await found()).toEqual([true, false]);
        await set(blocker, blocked, false);
      }
      await set(me, await signUp(subject), true);
      expect(await found()).toEqual([false, false]);
      expect(await blocks.hasBlock(randomUUID())).toBe(false);
    });

    it('two who block each other at once both succeed', async () => {
      expect(await Promise.all([set(me, other, true), set(other, me, true)])).toEqual([true, true]);
    });

    it('lists the blocked users of one user, each as others see it, in the order of ids, by pages', async () => {
      const ids = [other, await signUp(subject), await signUp(subject)].toSorted();
      for (const id of ids.toReversed()) await set(me, id, true);
      await set(other, me, true);
      expect(await blockedBy(me)).toEqual(ids);
      const first = await blocks.findPage(me, 2);
      const second = await blocks.findPage(me, 2, first.nextCursor ?? '');
      expect([...first.data, ...second.data].map(({ userId }) => userId)).toEqual(ids);
      expect(second.nextCursor).toBeNull();
      expect((await blocks.findPage(other, 2)).data).toEqual([
        { userId: me, displayName: 'Ada', avatarUrl: null, blockedAt: expect.any(Date) },
      ]);
      await expect(blocks.findPage(me, 2, 'made up')).rejects.toThrow(CursorInvalidError);
    });

    it('refuses unknown users, and unblocks them without a change', async () => {
      await expect(set(me, randomUUID(), true)).rejects.toThrow(UserNotFoundError);
      await expect(set(randomUUID(), me, true)).rejects.toThrow(UserNotFoundError);
      expect(await set(me, randomUUID(), false)).toBe(false);
    });

    it('erases the blocks of a user, and those against it, and no others', async () => {
      const third = await signUp(subject);
      for (const [one, two] of [
        [me, other],
        [other, me],
        [other, third],
        [third, other],
      ] as const)
        await set(one, two, true);
      await blocks.eraseAll(me);
      expect(await blockedBy(me)).toEqual([]);
      expect(await blockedBy(other)).toEqual([third]);
      expect(await blockedBy(third)).toEqual([other]);
    });
  });
}
