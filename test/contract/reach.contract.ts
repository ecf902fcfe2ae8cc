import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReachPort } from '../../src/arch/modules/chat/application/ports/reach.port.js';
import type { Reach } from '../../src/arch/modules/chat/domain/models/reach.model.js';
import { type ChatSubject, converse, type MakeChatSubject, openDirect, say, signUp } from './chat-subject.js';

const FREE: Reach = { addableBy: 'everyone', hasWritten: false, hasBlocked: false, isBlocked: false };

export function describeReachContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ReachPort on ${name}`, () => {
    let subject: ChatSubject;
    let me: string;
    let other: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      me = await signUp(subject);
      other = await signUp(subject);
    });
    afterAll(() => subject.close());

    const hold = (ids: readonly string[]): ReturnType<ReachPort['holdReach']> =>
      subject.transactions.runInTransaction(() => subject.reach.holdReach(me, ids));
    const reachOf = async (id: string) => (await hold([id])).get(id);

    it('everyone may reach a user, until that one decides otherwise', async () => {
      expect(await reachOf(other)).toEqual(FREE);
      for (const addableBy of ['contacts', 'nobody', 'everyone'] as const) {
        await subject.setAddableBy(other, addableBy);
        expect(await reachOf(other)).toEqual({ ...FREE, addableBy });
      }
    });

    it('only who was written to by a user in their direct conversation is a contact of it', async () => {
      const group = await converse(subject, other, me);
      await say(subject, group, other, 1);
      expect(await reachOf(other)).toEqual(FREE);
      const direct = await openDirect(subject, me, other);
      await say(subject, direct, me, 2);
      expect(await reachOf(other)).toEqual(FREE);
      await say(subject, direct, other, 1);
      expect(await reachOf(other)).toEqual({ ...FREE, hasWritten: true });
    });

    it('knows blocks in both directions', async () => {
      await subject.transactions.runInTransaction(() => subject.blocks.setBlock(me, other, true));
      expect(await reachOf(other)).toEqual({ ...FREE, isBlocked: true });
      await subject.transactions.runInTransaction(() => subject.blocks.setBlock(other, me, true));
      expect(await reachOf(other)).toEqual({ ...FREE, isBlocked: true, hasBlocked: true });
    });

    it('has an entry for each existing account, and none for others', async () => {
      const third = await signUp(subject);
      await subject.setAddableBy(third, 'nobody');
      expect(await hold([third, randomUUID(), other])).toEqual(
        new Map([
          [other, FREE],
          [third, { ...FREE, addableBy: 'nobody' }],
        ]),
      );
      expect(await hold([])).toEqual(new Map());
    });
  });
}
