import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangedMembership } from '../../src/arch/modules/chat/application/ports/own-membership.port.js';
import type { MembershipChange } from '../../src/arch/modules/chat/domain/models/own-membership.model.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const LATER = new Date('2100-01-01T00:00:00.000Z');

export function describeOwnMembershipContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`OwnMembershipPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let reader: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject);
      reader = await signUp(subject);
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, reader);
      await say(subject, conversationId, owner, 5);
    });
    afterAll(() => subject.close());

    const change = (wanted: MembershipChange, userId = reader) =>
      subject.memberships.changeMembership(conversationId, userId, wanted);
    const mark = (seq: number) => subject.memberships.markRead(conversationId, reader, seq);
    const clear = (userId = reader) => subject.memberships.clearHistory(conversationId, userId);
    const meOf = async (userId = reader) =>
      (await subject.members.findConversationOfUser(userId, conversationId))?.me;
    const shownToOthers = async () =>
      (await subject.members.findMembersByConversation(conversationId)).find(
        ({ userId }) => userId === reader,
      )?.lastReadSeq;
    const versionOf = async () => (await meOf())?.version ?? -1;

    it.each<[MembershipChange, object]>([
      [{ notify: 'mentions' }, { notify: 'mentions' }],
      [
        { notify: 'none', mutedUntil: LATER },
        { notify: 'none', mutedUntil: LATER },
      ],
      [{ pinned: true }, { pinnedAt: expect.any(Date) }],
      [{ archived: true }, { archivedAt: expect.any(Date) }],
    ])('%j changes that alone, once, and the others see nothing of it', async (wanted, expected) => {
      const [before, others] = [await meOf(), await meOf(owner)];
      const changed = await change(wanted);
      expect(changed).toMatchObject({ changed: true, moved: false, lastReadSeq: 0 });
      expect(changed?.me).toEqual({ ...before, ...expected, version: 1 });
      expect(await meOf()).toEqual(changed?.me);
      expect(await change(wanted)).toEqual({ ...changed, changed: false });
      expect(await meOf(owner)).toEqual(others);
      expect(await subject.conversations.findById(conversationId)).toMatchObject({ rev: 5 });
    });

    it('takes all back', async () => {
      const before = await meOf();
      await change({ notify: 'none', mutedUntil: LATER, pinned: true, archived: true });
      const changed = await change({ notify: 'all', mutedUntil: null, pinned: false, archived: false });
      expect(changed?.me).toEqual({ ...before, version: 2 });
      expect(await change({ mutedUntil: null })).toMatchObject({ changed: false });
    });

    it('an archived conversation stays archived when a message comes', async () => {
      const changed = await change({ archived: true });
      await say(subject, conversationId, owner, 1);
      expect(await meOf()).toEqual({ ...changed?.me, unreadCount: 6 });
    });

    it('a pinned conversation that is pinned again keeps its time', async () => {
      const first = await change({ pinned: true });
      const second = await change({ pinned: true, archived: true });
      expect(second?.me.pinnedAt).toEqual(first?.me.pinnedAt);
    });

    it.each([3, 1, 0])('marks all after %i as unread for the member alone', async (lastReadSeq) => {
      await mark(4);
      const changed = await change({ lastReadSeq });
      expect(changed).toMatchObject({ changed: true, moved: false, lastReadSeq: 4 });
      expect(await meOf()).toMatchObject({ lastReadSeq, unreadCount: 5 - lastReadSeq });
      expect(await shownToOthers()).toBe(4);
      expect(await subject.heads.findHeads(reader, [conversationId])).toMatchObject([
        { unreadCount: 5 - lastReadSeq },
      ]);
      expect(await change({ lastReadSeq })).toEqual({ ...changed, changed: false });
    });

    it('a higher position moves forward what others are shown, at most to the end', async () => {
      expect(await change({ lastReadSeq: 3 })).toMatchObject({ moved: true, changed: true, lastReadSeq: 3 });
      expect(await change({ lastReadSeq: 99 })).toMatchObject({ moved: true, lastReadSeq: 5 });
      expect(await shownToOthers()).toBe(5);
    });

    it.each([
      [2, { me: { lastReadSeq: 2, unreadCount: 3 }, lastReadSeq: 4, moved: false, changed: true }],
      [4, { me: { lastReadSeq: 4, unreadCount: 1 }, lastReadSeq: 4, moved: false, changed: true }],
      [5, { me: { lastReadSeq: 5, unreadCount: 0 }, lastReadSeq: 5, moved: true, changed: true }],
      [1, { me: { lastReadSeq: 1, unreadCount: 4 }, lastReadSeq: 4, moved: false, changed: false }],
      [0, { me: { lastReadSeq: 1, unreadCount: 4 }, lastReadSeq: 4, moved: false, changed: false }],
    ])('of messages marked as unread, reading up to %i leaves those after it', async (seq, expected) => {
      await mark(4);
      await change({ lastReadSeq: 1 });
      expect(await mark(seq)).toMatchObject(expected);
      expect(await meOf()).toMatchObject(expected.me);
      expect(await shownToOthers()).toBe(expected.lastReadSeq);
    });

    it('sending ends that messages are marked as unread', async () => {
      await mark(4);
      await change({ lastReadSeq: 1 });
      await say(subject, conversationId, reader, 1);
      expect(await meOf()).toMatchObject({ lastReadSeq: 6, unreadCount: 0 });
      expect(await mark(2)).toMatchObject({ changed: false, moved: false, lastReadSeq: 6 });
    });

    it('clearing hides all messages until now from the member alone, as read', async () => {
      const cleared = await clear();
      expect(cleared).toMatchObject({ changed: true, moved: true, lastReadSeq: 5 });
      expect(cleared?.me).toMatchObject({ visibleFromSeq: 6, lastReadSeq: 5, unreadCount: 0 });
      const seen = await subject.members.findConversationOfUser(reader, conversationId);
      expect(seen).toMatchObject({ lastMessage: null, me: cleared?.me });
      expect(await meOf(owner)).toMatchObject({ visibleFromSeq: 1 });
      expect(await clear()).toEqual({ ...cleared, changed: false, moved: false });
      await say(subject, conversationId, owner, 1);
      expect(await meOf()).toMatchObject({ visibleFromSeq: 6, unreadCount: 1 });
    });

    it('a position does not go back behind the first visible message', async () => {
      await clear();
      await say(subject, conversationId, owner, 2);
      await mark(7);
      expect((await change({ lastReadSeq: 0 }))?.me).toMatchObject({ lastReadSeq: 5, unreadCount: 2 });
    });

    it('clearing nothing changes nothing', async () => {
      conversationId = await converse(subject, owner, reader);
      expect(await clear()).toMatchObject({
        changed: false,
        moved: false,
        me: { visibleFromSeq: 1, version: 0 },
      });
    });

    it('of a newcomer to whom the history is hidden, nothing is unread', async () => {
      const newcomer = await signUp(subject);
      await addMember(subject, conversationId, owner, newcomer);
      await clear(newcomer);
      expect(await subject.heads.findHeads(newcomer, [conversationId])).toMatchObject([{ unreadCount: 0 }]);
    });

    it('raises the version with every change, whatever it is', async () => {
      const steps = [
        () => change({ notify: 'none' }),
        () => mark(4),
        () => change({ lastReadSeq: 0 }),
        () => mark(1),
        () => change({ lastReadSeq: 0, pinned: true }),
        () => change({ lastReadSeq: 3, archived: true }),
        () => mark(4),
        () => say(subject, conversationId, reader, 1),
        () => change({ lastReadSeq: 2 }),
        () =>
          subject.change.change(conversationId, owner, () => [
            {
              kind: 'member_updated' as const,
              subjectId: reader,
              data: { id: reader, role: 'admin' as const },
            },
          ]),
        () => clear(),
        () => say(subject, conversationId, owner, 1),
        () => mark(7),
        () =>
          subject.change.change(conversationId, owner, () => [
            {
              kind: 'member_removed' as const,
              subjectId: owner,
              data: { reason: 'left' as const, heirId: reader },
            },
          ]),
      ];
      let version = await versionOf();
      for (const [index, step] of steps.entries()) {
        const before = await meOf();
        await step();
        const now = await versionOf();
        const isSame = JSON.stringify(await meOf()) === JSON.stringify(before);
        // A message of somebody else changes `unreadCount` alone.
        expect([index, isSame, now > version]).toEqual([index, false, index !== 11]);
        version = now;
      }
    });

    type Act = readonly ['mark' | 'back' | 'own' | 'others' | 'clear' | 'pin' | 'role', number];
    const act: fc.Arbitrary<Act> = fc.tuple(
      fc.constantFrom('mark', 'back', 'own', 'others', 'clear', 'pin', 'role'),
      fc.nat(9),
    );
    const perform = async ([what, seq]: Act): Promise<unknown> => {
      if (what === 'mark') return mark(seq);
      if (what === 'back') return change({ lastReadSeq: seq });
      if (what === 'own') return say(subject, conversationId, reader, 1);
      if (what === 'others') return say(subject, conversationId, owner, 1);
      if (what === 'clear') return clear();
      if (what === 'pin') return change({ pinned: seq > 4, archived: seq % 2 === 0, lastReadSeq: seq });
      const role = seq > 4 ? ('admin' as const) : ('member' as const);
      const subjectId = reader;
      const data = { id: reader, role };
      return subject.change.change(conversationId, owner, () => [
        { kind: 'member_updated', subjectId, data },
      ]);
    };

    it("whatever is done in whatever order, what is the member's alone has a higher version when it differs, and what others are shown never goes back", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
          conversationId = await converse(subject, owner, reader);
          let before = await meOf();
          let shown = (await shownToOthers()) ?? 0;
          for (const one of acts) {
            await perform(one);
            const [now, shownNow] = [await meOf(), (await shownToOthers()) ?? 0];
            if (!before || !now) throw new Error('There is no membership.');
            const { unreadCount: _, version: last, ...own } = before;
            const { unreadCount: __, version, ...ownNow } = now;
            const least = isDeepStrictEqual(own, ownNow) ? last : last + 1;
            expect(version).toBeGreaterThanOrEqual(least);
            expect(shownNow).toBeGreaterThanOrEqual(shown);
            expect(now.lastReadSeq).toBeLessThanOrEqual(shownNow);
            [before, shown] = [now, shownNow];
          }
        }),
        { numRuns: 15, endOnFailure: true },
      );
    });

    it('of changes made at once, each answers a state that has a version of its own', async () => {
      await mark(4);
      const acts: Act[] = [
        ['back', 1],
        ['mark', 5],
        ['pin', 3],
        ['back', 2],
        ['pin', 6],
        ['clear', 0],
        ['mark', 3],
      ];
      const before = await versionOf();
      const answers = (await Promise.all(acts.map(perform))) as ChangedMembership[];
      const states = new Map<number, string>();
      for (const { me } of answers) {
        const { unreadCount: _, ...own } = me;
        const text = JSON.stringify(own);
        expect(states.get(me.version) ?? text).toBe(text);
        states.set(me.version, text);
      }
      expect(await versionOf()).toBeGreaterThan(before);
      expect(await versionOf()).toBeGreaterThanOrEqual(Math.max(...states.keys()));
    });

    it('has no membership of a user who is no member', async () => {
      const stranger = await signUp(subject);
      expect(await change({ pinned: true }, stranger)).toBeNull();
      expect(await clear(stranger)).toBeNull();
      expect(await subject.memberships.clearHistory(randomUUID(), reader)).toBeNull();
    });
  });
}
