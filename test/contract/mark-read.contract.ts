import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const FAR = Number.MAX_SAFE_INTEGER;

export function describeMarkReadContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`OwnMembershipPort on ${name}: reading up to a message`, () => {
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

    const mark = async (seq: number, userId = reader) => {
      const marked = await subject.memberships.markRead(conversationId, userId, seq);
      if (!marked) return null;
      const { moved, changed, lastReadSeq, me } = marked;
      expect([changed, lastReadSeq]).toEqual([moved, me.lastReadSeq]);
      return { lastReadSeq, unreadCount: me.unreadCount, moved };
    };
    const positionOf = async (userId: string) =>
      (await subject.members.findConversationOfUser(userId, conversationId))?.me;

    it.each([
      [1, 1],
      [4, 4],
      [5, 5],
      [6, 5],
      [FAR, 5],
    ])('up to %i moves the position to %i', async (seq, lastReadSeq) => {
      const unreadCount = 5 - lastReadSeq;
      expect(await mark(seq)).toEqual({ lastReadSeq, unreadCount, moved: true });
      expect(await positionOf(reader)).toMatchObject({ lastReadSeq, unreadCount });
    });

    it.each([3, 2, 0])('up to %i does not move a position at 3', async (seq) => {
      await mark(3);
      expect(await mark(seq)).toEqual({ lastReadSeq: 3, unreadCount: 2, moved: false });
      expect(await positionOf(reader)).toMatchObject({ lastReadSeq: 3, unreadCount: 2 });
    });

    it('of several simultaneous marks the furthest counts, and each returns the position at its time', async () => {
      const marked = await Promise.all([2, 5, 1, 4, 3].map((seq) => mark(seq)));
      const wrong = marked.filter((one, index) => Number(one?.lastReadSeq) < Number([2, 5, 1, 4, 3][index]));
      expect(wrong).toEqual([]);
      expect(await positionOf(reader)).toMatchObject({ lastReadSeq: 5, unreadCount: 0 });
    });

    it('moves the position of no other member and is no change of the conversation', async () => {
      const before = await subject.conversations.findById(conversationId);
      const elsewhere = await converse(subject, owner, reader);
      await say(subject, elsewhere, owner, 1);
      await addMember(subject, conversationId, owner, await signUp(subject));
      await mark(2);
      expect(await positionOf(owner)).toMatchObject({ lastReadSeq: 5 });
      expect((await subject.members.findConversationOfUser(reader, elsewhere))?.me.lastReadSeq).toBe(0);
      const after = await subject.conversations.findById(conversationId);
      expect(after).toEqual({ ...before, rev: 6, memberCount: 3 });
    });

    it('a sender has read up to the own message, whatever the position was', async () => {
      await mark(2);
      await say(subject, conversationId, reader, 1);
      expect(await positionOf(reader)).toMatchObject({ lastReadSeq: 6, unreadCount: 0 });
      expect(await mark(3)).toEqual({ lastReadSeq: 6, unreadCount: 0, moved: false });
    });

    it('has no position for a user who is not a member', async () => {
      expect(await mark(1, await signUp(subject))).toBeNull();
      expect(await subject.memberships.markRead(randomUUID(), reader, 1)).toBeNull();
      await subject.removeMember(conversationId, reader);
      expect(await mark(1)).toBeNull();
    });
  });
}
