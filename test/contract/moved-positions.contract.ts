import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { READS_MAX, READS_SLACK } from '../../src/arch/modules/chat/domain/models/moved-positions.model.js';
import { roleChange } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { type ChatSubject, converse, type MakeChatSubject, openThread, say, signUp } from './chat-subject.js';

export function describeMovedPositionsContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MovedPositionsPort on ${name}`, () => {
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
      conversationId = await converse(subject, owner, bob, eve);
      await say(subject, conversationId, owner, 3);
    });
    afterAll(() => subject.close());

    const mark = (userId: string, seq: number) => subject.memberships.markRead(conversationId, userId, seq);
    const moved = async (userId = owner, since = 0) => {
      const { reads, readsTruncated } = await subject.positions.findMoved(conversationId, userId, since);
      expect(readsTruncated).toBe(false);
      return reads;
    };
    /** Changes without a message. */
    const advance = async (count: number) => {
      for (let change = 0; change < count; change += 1) {
        const role = change % 2 === 0 ? 'admin' : 'member';
        await subject.change.change(conversationId, owner, () => [roleChange(bob, role)]);
      }
    };

    it('answers whoever has marked messages, the last ones first, with the last position of each', async () => {
      expect(await moved()).toEqual([]);
      await mark(bob, 1);
      await say(subject, conversationId, owner, 1);
      await mark(eve, 2);
      await say(subject, conversationId, owner, 1);
      await mark(bob, 4);
      const expected = [
        { userId: bob, lastReadSeq: 4 },
        { userId: eve, lastReadSeq: 2 },
      ];
      expect(await moved()).toEqual(expected);
      expect(await moved(bob)).toEqual(expected);
    });

    it('a position that has moved by sending, or not at all, is not answered', async () => {
      await say(subject, conversationId, eve, 1);
      await mark(eve, 4);
      await mark(bob, 0);
      expect(await moved()).toEqual([]);
    });

    it('a position that is set with the settings of the membership, or by clearing the history, is answered', async () => {
      await subject.memberships.changeMembership(conversationId, bob, { lastReadSeq: 2 });
      await subject.memberships.clearHistory(conversationId, eve);
      expect(new Set(await moved())).toEqual(
        new Set([
          { userId: bob, lastReadSeq: 2 },
          { userId: eve, lastReadSeq: 3 },
        ]),
      );
    });

    it('who marks messages as unread stays at the position that others are shown', async () => {
      await mark(bob, 3);
      await subject.memberships.changeMembership(conversationId, bob, { lastReadSeq: 1 });
      expect(await moved()).toEqual([{ userId: bob, lastReadSeq: 3 }]);
    });

    it('answers positions of the last changes before, as a mark may be stored late, and no earlier ones', async () => {
      await mark(bob, 3);
      const reached = 3 + READS_SLACK;
      await advance(READS_SLACK + 1);
      await mark(eve, 3);
      expect(await moved(owner, reached)).toEqual([
        { userId: eve, lastReadSeq: 3 },
        { userId: bob, lastReadSeq: 3 },
      ]);
      expect(await moved(owner, reached + 1)).toEqual([{ userId: eve, lastReadSeq: 3 }]);
    });

    it('who does not show reading is shown to nobody else, and is shown nobody else', async () => {
      await mark(bob, 3);
      await mark(eve, 2);
      await subject.setReadReceipts(bob, false);
      try {
        expect(await moved()).toEqual([{ userId: eve, lastReadSeq: 2 }]);
        expect(await moved(bob)).toEqual([{ userId: bob, lastReadSeq: 3 }]);
      } finally {
        await subject.setReadReceipts(bob, true);
      }
      expect(await moved()).toHaveLength(2);
    });

    it('who has blocked, or is blocked, is shown as in the list of members', async () => {
      const [blocking, blocked] = [await signUp(subject), await signUp(subject)];
      conversationId = await converse(subject, blocking, blocked);
      await say(subject, conversationId, blocking, 1);
      await mark(blocked, 1);
      await subject.blockUser(blocking, blocked);
      for (const reader of [blocking, blocked]) {
        expect(await moved(reader)).toEqual([{ userId: blocked, lastReadSeq: 1 }]);
        const { data } = await subject.members.findMemberPage(conversationId, reader, 10);
        expect(data.find(({ userId }) => userId === blocked)?.lastReadSeq).toBe(1);
      }
    });

    it('a member that has left is not answered, nor its position from before it comes back', async () => {
      await mark(bob, 3);
      await subject.removeMember(conversationId, bob);
      expect(await moved()).toEqual([]);
      await subject.addUnlogged(conversationId, bob);
      expect(await moved()).toEqual([]);
    });

    it('answers nobody to who is not a member, and of an unknown conversation', async () => {
      await mark(bob, 3);
      expect(await moved(await signUp(subject))).toEqual([]);
      conversationId = crypto.randomUUID();
      expect(await moved()).toEqual([]);
    });

    it('of a thread it answers nobody, and that there may be more', async () => {
      const threadId = await openThread(subject, conversationId, 1, owner);
      await subject.messages.create({ conversationId: threadId, senderId: owner, content: 'x' });
      await subject.memberships.markRead(threadId, bob, 1);
      const found = await subject.positions.findMoved(threadId, owner, 0);
      expect(found).toEqual({ reads: [], readsTruncated: true });
    });

    it('of more than 500 it answers those that have moved last', async () => {
      await subject.fill(conversationId, READS_MAX + 2);
      const members = await subject.members.findMembersByConversation(conversationId);
      const others = members.map(({ userId }) => userId).filter((id) => ![owner, bob, eve].includes(id));
      await mark(bob, 1);
      await say(subject, conversationId, owner, 1);
      for (const userId of others) await mark(userId, 4);
      expect(await moved()).toHaveLength(READS_MAX);
      await mark(eve, 4);
      const { reads, readsTruncated } = await subject.positions.findMoved(conversationId, owner, 0);
      expect([reads.length, readsTruncated]).toEqual([READS_MAX, true]);
      expect(reads.some(({ userId }) => userId === bob)).toBe(false);
    });
  });
}
