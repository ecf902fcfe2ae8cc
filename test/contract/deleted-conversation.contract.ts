import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import {
  conversationDeletion,
  settingsChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

/** Of every port that reads or changes a conversation. */
export function describeDeletedConversationContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`a deleted conversation, on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let member: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      [owner, member] = [await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, member);
      await say(subject, conversationId, owner, 2);
    });
    afterAll(() => subject.close());

    const remove = () =>
      subject.change.change(conversationId, owner, () => [conversationDeletion([owner, member])]);

    it('is not found', async () => {
      await remove();
      expect(await subject.conversations.findById(conversationId)).toBeNull();
      expect(await subject.conversations.exists(conversationId)).toBe(false);
    });

    it('is not found by who asks for a membership, though it was known to exist', async () => {
      const stranger = await signUp(subject);
      expect(await subject.conversations.exists(conversationId)).toBe(true);
      expect(await subject.members.cached.isMember(conversationId, stranger)).toBe(false);
      await remove();
      const { members } = subject;
      for (const asked of [members, members.cached])
        await expect(asked.isMember(conversationId, stranger)).rejects.toThrow(ConversationNotFoundError);
      await expect(members.isMember(conversationId, owner)).rejects.toThrow(ConversationNotFoundError);
    });

    it('takes no further change, also when it is deleted twice at once', async () => {
      const twice = await Promise.allSettled([remove(), remove()]);
      expect(twice.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      const rename = subject.change.change(conversationId, owner, () => [settingsChange({ title: 'New' })]);
      await expect(rename).rejects.toThrow(ConversationNotFoundError);
      expect((await subject.logOf(conversationId)).map(({ kind }) => kind)).toEqual(['conversation_deleted']);
    });

    it('takes no message', async () => {
      await remove();
      const send = subject.messages.create({ conversationId, senderId: owner, content: 'late' });
      await expect(send).rejects.toThrow(ConversationNotFoundError);
    });

    it('is in no list, has no head, no changes and no read position', async () => {
      await remove();
      expect(await subject.heads.findMostRecent(owner, 100)).not.toContain(conversationId);
      expect(await subject.heads.findHeads(owner, [conversationId])).toEqual([]);
      const { data } = await subject.members.findConversationsByUser(owner, 100);
      expect(data.map(({ id }) => id)).not.toContain(conversationId);
      expect(await subject.members.findConversationOfUser(owner, conversationId)).toBeNull();
      expect(await subject.members.findIdsOfUser(owner)).not.toContain(conversationId);
      expect(await subject.changes.findChanges(conversationId, owner, 0, 100)).toBeNull();
      expect(await subject.memberships.markRead(conversationId, owner, 2)).toBeNull();
    });
  });
}
