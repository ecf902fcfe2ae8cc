import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsChanges } from '../../src/arch/modules/chat/domain/events/rev-order.js';
import {
  type ConversationChange,
  memberAddition,
  memberRemoval,
  roleChange,
  settingsChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const FAR = Number.MAX_SAFE_INTEGER;

export function describeTimelineContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`TimelinePort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let bob: string;
    let eve: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject, 'Ada');
      bob = await signUp(subject, 'Bob');
      eve = await signUp(subject, 'Eve');
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner);
    });
    afterAll(() => subject.close());

    const change = (...changes: ConversationChange[]) =>
      subject.change.change(conversationId, owner, () => changes);
    const after = async (since: number, limit = 100, userId = owner) => {
      const found = await subject.timeline.findChanges(conversationId, userId, since, limit);
      if (!found) throw new Error('Nothing was found.');
      return found;
    };
    const several = async (limit: number, ...known: readonly (readonly [string, number])[]) => {
      const asked = known.map(([id, since]) => ({ conversationId: id, since }));
      return subject.timeline.findChangesOfSeveral(owner, asked, limit);
    };
    const revsAfter = async (since: number, limit = 100, userId = owner) =>
      (await after(since, limit, userId)).items.map(({ rev }) => rev);
    const beside = async (from: number, to: number, limit = 100, userId = owner) =>
      (await subject.timeline.findEvents(conversationId, userId, from, to, limit)).map(({ rev }) => rev);
    const memberIds = async () =>
      (await subject.members.findMembersByConversation(conversationId)).map(({ userId }) => userId);

    /** The revs 1 to 2 and 5 are messages, 3 and 4, 6 to 8 events. */
    const tell = async () => {
      await say(subject, conversationId, owner, 2);
      await change(memberAddition(bob, 'member'), memberAddition(eve, 'admin', 'all', 'invite'));
      await say(subject, conversationId, bob, 1);
      await change(roleChange(bob, 'admin'));
      await change(settingsChange({ title: 'New', slowModeSeconds: 5 }));
      await change(memberRemoval(eve, 'removed', null));
    };

    it.each([
      [0, 100, [1, 2, 3, 4, 5, 6, 7, 8]],
      [0, 3, [1, 2, 3]],
      [2, 2, [3, 4]],
      [3, 1, [4]],
      [4, 3, [5, 6, 7]],
      [8, 100, []],
      [FAR, 500, []],
    ])(
      'after %i, at most %i messages and events together, in the order of rev',
      async (since, limit, revs) => {
        await tell();
        const { items, members, conversation } = await after(since, limit);
        expect(items.map(({ rev }) => rev)).toEqual(revs);
        expect(members).toBeNull();
        expect(conversation).toEqual(await subject.members.findConversationOfUser(owner, conversationId));
      },
    );

    const revsOf = (found: Awaited<ReturnType<typeof several>>) =>
      found.map((one) => one && [one.items.map(({ rev }) => rev), one.upTo, one.conversation.rev]);

    describe('of several conversations', () => {
      it('each is answered as alone, in the order of the request', async () => {
        await tell();
        const second = await converse(subject, owner);
        await subject.addUnlogged(second, eve);
        await say(subject, second, owner, 2);
        const found = await several(100, [second, 0], [crypto.randomUUID(), 0], [conversationId, 3]);
        expect(found).toEqual([
          await subject.timeline.findChanges(second, owner, 0, 100),
          null,
          await after(3),
        ]);
        expect(found[0]?.members).toHaveLength(2);
      });

      it('those that come first have what they need of the limit, the others what remains', async () => {
        const ids = [await converse(subject, owner), await converse(subject, owner)] as const;
        const silent = await converse(subject, owner);
        for (const id of ids) await say(subject, id, owner, 4);
        await say(subject, conversationId, owner, 3);
        const [first, second] = ids;
        const found = await several(6, [silent, 0], [conversationId, 0], [first, 1], [second, 2]);
        expect(revsOf(found)).toEqual([
          [[], 0, 0],
          [[1, 2, 3], 3, 3],
          [[2, 3, 4], 4, 4],
          [[], 2, 4],
        ]);
        expect(revsOf(await several(5, [first, 0], [second, 1]))).toEqual([
          [[1, 2, 3, 4], 4, 4],
          [[2], 2, 4],
        ]);
        expect(revsOf(await several(3, [first, 0], [second, 0]))).toEqual([
          [[1, 2, 3], 4, 4],
          [[], 0, 4],
        ]);
      });

      it('those of which the reader is no member, or whose head it is ahead of, take nothing', async () => {
        const foreign = await converse(subject, eve);
        await say(subject, foreign, eve, 3);
        await say(subject, conversationId, owner, 2);
        const ahead = await converse(subject, owner);
        const found = await several(2, [foreign, 0], [ahead, FAR], [conversationId, 0]);
        expect(revsOf(found)).toEqual([null, [[], FAR, 0], [[1, 2], 2, 2]]);
        expect(await several(5)).toEqual([]);
      });
    });

    it('each kind shows what has changed, and the user whom it is about as of now', async () => {
      await tell();
      const place = { actorId: owner, createdAt: expect.any(Date) };
      const [ada, bobNow] = await subject.members.findMembersByConversation(conversationId);
      expect(ada).toMatchObject({ userId: owner });
      const events = (await after(2)).items.filter((item) => 'kind' in item);
      expect(events).toEqual([
        {
          ...place,
          rev: 3,
          kind: 'member_added',
          subjectId: bob,
          afterSeq: 2,
          data: { member: { ...bobNow, role: 'member' } },
        },
        {
          ...place,
          rev: 4,
          kind: 'member_added',
          subjectId: eve,
          afterSeq: 2,
          data: {
            member: {
              userId: eve,
              displayName: 'Eve',
              avatarUrl: null,
              role: 'admin',
              joinedAt: events[1]?.createdAt,
              lastReadSeq: 2,
            },
            via: 'invite',
          },
        },
        {
          ...place,
          rev: 6,
          kind: 'member_updated',
          subjectId: bob,
          afterSeq: 3,
          data: { member: bobNow },
        },
        {
          ...place,
          rev: 7,
          kind: 'conversation_updated',
          subjectId: null,
          afterSeq: 3,
          data: { title: 'New', slowModeSeconds: 5 },
        },
        {
          ...place,
          rev: 8,
          kind: 'member_removed',
          subjectId: eve,
          afterSeq: 3,
          data: { user: { id: eve, displayName: 'Eve', avatarUrl: null }, reason: 'removed' },
        },
      ]);
    });

    it('the end of an owner shows the heir, and changes that clients apply in the order of rev', async () => {
      await change(memberAddition(bob, 'admin'), memberAddition(eve, 'member'));
      await change(memberRemoval(owner, 'left', bob), roleChange(eve, 'admin'));
      const { items } = await after(2, 100, bob);
      expect(items).toMatchObject([
        { kind: 'member_removed', subjectId: owner, data: { reason: 'left', heirId: bob } },
        { kind: 'member_updated', subjectId: eve, data: { member: { role: 'admin' } } },
      ]);
    });

    it.each([
      [0, 0, 100, []],
      [2, 2, 100, [4, 3]],
      [0, 2, 1, [4]],
      [3, 3, 100, [8, 7, 6]],
      [0, 3, 4, [8, 7, 6, 4]],
      [4, FAR, 100, []],
      [3, 2, 100, []],
    ])(
      'beside the messages from %i to %i there are at most %i events, newest first',
      async (from, to, limit, revs) => {
        await tell();
        expect(await beside(from, to, limit)).toEqual(revs);
      },
    );

    it('shows nothing to a user who is not a member, nor of an unknown conversation', async () => {
      await tell();
      for (const [id, userId] of [
        [conversationId, eve],
        [crypto.randomUUID(), owner],
      ] as const) {
        expect(await subject.timeline.findChanges(id, userId, 0, 100)).toBeNull();
        expect(await subject.timeline.findEvents(id, userId, 0, FAR, 100)).toEqual([]);
      }
    });

    describe('a change of members without a row', () => {
      it('gives all members once, on the page that goes past it', async () => {
        await change(memberAddition(bob, 'member'));
        await subject.addUnlogged(conversationId, eve);
        await say(subject, conversationId, owner, 3);
        expect((await after(0, 1)).members).toBeNull();
        expect((await after(1, 1)).members?.map(({ userId }) => userId)).toEqual(await memberIds());
        expect((await after(1)).members).toHaveLength(3);
        expect((await after(2)).members).toBeNull();
      });

      it('is not hidden by later ones that have rows', async () => {
        await subject.addUnlogged(conversationId, eve);
        await change(memberAddition(bob, 'member'));
        await change(settingsChange({ title: 'New' }), roleChange(bob, 'admin'));
        expect((await after(0)).members?.map(({ userId }) => userId)).toEqual(await memberIds());
        expect(await revsAfter(0)).toEqual([2, 3, 4]);
        expect((await after(1)).members).toBeNull();
        expect((await subject.logOf(conversationId))[0]).toEqual({
          rev: 1,
          kind: 'members_changed',
          actorId: null,
          subjectId: null,
          afterSeq: 0,
          data: {},
        });
        expect(await beside(0, FAR)).toEqual([4, 3, 2]);
      });

      it('of several the last is enough, for whoever knows less', async () => {
        await subject.addUnlogged(conversationId, eve);
        await subject.addUnlogged(conversationId, await signUp(subject));
        await change(memberAddition(bob, 'member'));
        for (const since of [0, 1]) expect((await after(since)).members).toHaveLength(4);
        expect((await after(2)).members).toBeNull();
      });
    });

    describe('a member from whom the history is hidden', () => {
      /** The revs 1 and 2 are messages, 3 to 5 events, 4 Bob's joining, 6 a message. */
      beforeEach(async () => {
        await say(subject, conversationId, owner, 2);
        await change(settingsChange({ title: 'Before' }), memberAddition(bob, 'member', 'none'));
        await change(settingsChange({ title: 'After' }));
        await say(subject, conversationId, owner, 1);
      });

      it('sees no message and no event from before joining', async () => {
        expect(await revsAfter(0, 100, bob)).toEqual([4, 5, 6]);
        expect(await revsAfter(0, 2, bob)).toEqual([4, 5]);
        expect(await revsAfter(4, 100, bob)).toEqual([5, 6]);
        expect(await beside(0, FAR, 100, bob)).toEqual([5, 4]);
        expect(await revsAfter(0)).toEqual([1, 2, 3, 4, 5, 6]);
        const { messages } = (await subject.changes.findChanges(conversationId, bob, 0, 100)) ?? {};
        expect(messages?.map(({ rev }) => rev)).toEqual([6]);
      });

      it('is given all members when something is hidden that it does not know', async () => {
        expect((await after(2, 100, bob)).members).toHaveLength(2);
        expect((await after(3, 100, bob)).members).toBeNull();
        expect((await after(0)).members).toBeNull();
      });
    });

    it('a number that was overtaken neither asks for more, nor hides anything', async () => {
      await tell();
      await subject.raiseRev(conversationId, 2);
      const { items, conversation } = await after(0);
      expect(items.map(({ rev }) => rev)).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
      expect(conversation.rev).toBe(9);
      expect((await after(0)).members).toBeNull();
      const [last] = (await after(8)).items;
      expect([8, 7].map((known) => skipsChanges(last ?? { rev: 0 }, known))).toEqual([false, true]);
    });
  });
}
