import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const FAR = Number.MAX_SAFE_INTEGER;

export function describeConversationCatchUpContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ConversationCatchUpPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let other: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject, 'Ada');
      other = await signUp(subject, 'Bob');
    });
    /** The revs 1 to 3 and 5 to 6 are messages, 4 is a new member. */
    beforeEach(async () => {
      conversationId = await converse(subject, owner);
      const noise = await converse(subject, owner, other);
      await say(subject, conversationId, owner, 3);
      await say(subject, noise, other, 2);
      await addMember(subject, conversationId, owner, other);
      await say(subject, conversationId, other, 2);
    });
    afterAll(() => subject.close());

    const after = async (since: number, limit = 100, userId = owner) => {
      const found = await subject.changes.findChanges(conversationId, userId, since, limit);
      if (!found) throw new Error('Nothing was found.');
      return found;
    };

    it.each([
      [0, 100, [1, 2, 3, 5, 6]],
      [0, 2, [1, 2]],
      [2, 2, [3, 5]],
      [3, 1, [5]],
      [4, 1, [5]],
      [5, 100, [6]],
      [6, 100, []],
      [7, 100, []],
      [FAR, 500, []],
    ])('after %i, at most %i: messages in the order of rev', async (since, limit, revs) => {
      expect((await after(since, limit)).messages.map(({ rev }) => rev)).toEqual(revs);
    });

    it('has no message that is hidden from the reader, whatever is asked for', async () => {
      await subject.memberships.clearHistory(conversationId, other);
      const revs = async (since: number) => (await after(since, 100, other)).messages.map(({ rev }) => rev);
      expect([await revs(0), await revs(2), await revs(6)]).toEqual([[], [], []]);
      await say(subject, conversationId, owner, 2);
      expect([await revs(0), await revs(7)]).toEqual([[7, 8], [8]]);
      expect((await after(0)).messages).toHaveLength(7);
    });

    it('shows messages as the history does', async () => {
      const history = await subject.messages.findByConversation(conversationId, 1, 100, 1);
      expect((await after(0)).messages).toEqual(history.data.toReversed());
    });

    it.each([
      [0, true],
      [3, true],
      [4, false],
      [6, false],
      [FAR, false],
    ])('after %i it is %s that all members come, also on a short page', async (since, changed) => {
      const members = changed ? await subject.members.findMembersByConversation(conversationId) : null;
      expect(members?.length ?? 2).toBe(2);
      expect((await after(since)).members).toEqual(members);
      expect((await after(since, 1)).members).toEqual(members);
    });

    it('shows no members when only those of the creation are members', async () => {
      conversationId = await converse(subject, owner, other);
      const { conversation, messages, members } = await after(0);
      expect({ rev: conversation.rev, messages, members }).toEqual({ rev: 0, messages: [], members: null });
    });

    it.each([0, 6, FAR])('after %i the conversation is as the list of its reader shows it', async (since) => {
      for (const userId of [owner, other]) {
        const { conversation } = await after(since, 1, userId);
        expect(conversation).toEqual(await subject.members.findConversationOfUser(userId, conversationId));
        expect(conversation).toMatchObject({ rev: 6, lastSeq: 5, memberCount: 2 });
      }
    });

    it('shows nothing to a user who is not a member or was removed, and nothing for an unknown conversation', async () => {
      const stranger = await signUp(subject);
      expect(await subject.changes.findChanges(conversationId, stranger, 0, 100)).toBeNull();
      await subject.removeMember(conversationId, other);
      expect(await subject.changes.findChanges(conversationId, other, 0, 100)).toBeNull();
      expect(await subject.changes.findChanges(crypto.randomUUID(), owner, 0, 100)).toBeNull();
    });
  });
}
