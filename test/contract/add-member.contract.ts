import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyConversationMemberError } from '../../src/arch/modules/chat/domain/errors/already-conversation-member.error.js';
import { CannotAddMemberError } from '../../src/arch/modules/chat/domain/errors/cannot-add-member.error.js';
import { ConversationFullError } from '../../src/arch/modules/chat/domain/errors/conversation-full.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

export function describeAddMemberContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`Adding a member, on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let other: string;
    let newcomer: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject);
      other = await signUp(subject);
      newcomer = await signUp(subject, 'Newcomer');
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
    });
    afterAll(() => subject.close());

    const add = (requesterId: string, userId = newcomer) =>
      addMember(subject, conversationId, requesterId, userId);
    const head = async () => subject.conversations.findById(conversationId);
    const userIds = async () =>
      (await subject.members.findMembersByConversation(conversationId)).map(({ userId }) => userId);

    /** After a refusal the state is unchanged. */
    const expectNothingChanged = async (rev = 0) => {
      expect(await head()).toMatchObject({ rev, memberCount: 2 });
      expect(await subject.membersRev(conversationId)).toBe(0);
      expect(await subject.logOf(conversationId)).toEqual([]);
      expect(await userIds()).toEqual([owner, other].toSorted());
    };

    it('adds a member with everything read and takes one rev', async () => {
      await say(subject, conversationId, other, 3);
      const member = await add(owner);
      expect(member).toEqual({
        userId: newcomer,
        displayName: 'Newcomer',
        avatarUrl: null,
        role: 'member',
        joinedAt: expect.any(Date),
        lastReadSeq: 3,
      });
      expect(await subject.membersRev(conversationId)).toBe(4);
      expect(await head()).toMatchObject({ lastSeq: 3, rev: 4, memberCount: 3 });
      expect((await subject.members.findMembersByConversation(conversationId)).at(-1)).toEqual(member);
    });

    it('adding a member is no activity', async () => {
      const before = await head();
      await add(owner);
      expect((await head())?.updatedAt).toEqual(before?.updatedAt);
    });

    it('an admin adds members', async () => {
      await subject.setRole(conversationId, other, 'admin');
      await add(other);
      expect(await head()).toMatchObject({ rev: 1, memberCount: 3 });
    });

    it('an ordinary member does not add members', async () => {
      await expect(add(other)).rejects.toThrow(CannotAddMemberError);
      await expectNothingChanged();
    });

    it('a user who is not a member does not add members, not even themselves', async () => {
      await expect(add(newcomer)).rejects.toThrow(NotConversationMemberError);
      await expectNothingChanged();
    });

    it('an owner who has been removed does not add members', async () => {
      await subject.removeMember(conversationId, owner);
      await expect(add(owner)).rejects.toThrow(NotConversationMemberError);
      expect(await userIds()).toEqual([other]);
    });

    it('refuses a conversation that does not exist', async () => {
      conversationId = randomUUID();
      await expect(add(owner)).rejects.toThrow(ConversationNotFoundError);
    });

    it('fails on a user who does not exist and stores nothing', async () => {
      await expect(add(owner, randomUUID())).rejects.toThrow(Error);
      await expectNothingChanged();
    });

    it('refuses a user who is a member already, also the actor', async () => {
      await expect(add(owner, other)).rejects.toThrow(AlreadyConversationMemberError);
      await expect(add(owner, owner)).rejects.toThrow(AlreadyConversationMemberError);
      await expectNothingChanged();
    });

    it('adds a member once in ten simultaneous calls', async () => {
      const settled = await Promise.allSettled(Array.from({ length: 10 }, () => add(owner)));
      const refusals = settled.filter((outcome) => outcome.status === 'rejected');
      expect(refusals).toHaveLength(9);
      for (const { reason } of refusals) expect(reason).toBeInstanceOf(AlreadyConversationMemberError);
      expect(await head()).toMatchObject({ rev: 1, memberCount: 3 });
    });

    it('is full at 5,000', async () => {
      await subject.fill(conversationId, 4_999);
      await add(owner);
      await expect(add(owner, await signUp(subject))).rejects.toThrow(ConversationFullError);
      await expect(add(owner)).rejects.toThrow(AlreadyConversationMemberError);
      expect(await head()).toMatchObject({ rev: 1, memberCount: 5_000 });
      expect(await userIds()).toHaveLength(5_000);
    });
  });
}
