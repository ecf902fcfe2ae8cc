import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ClientMessageIdReusedError } from '../../src/arch/modules/chat/domain/errors/client-message-id-reused.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeClientMessageIdContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: clientMessageId`, () => {
    let subject: ChatSubject;
    let owner: string;
    let other: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject);
      other = await signUp(subject);
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
    });
    afterAll(() => subject.close());

    const send = (senderId: string, content: string, clientMessageId?: string) =>
      subject.messages.create({ conversationId, senderId, content, clientMessageId });
    const head = async () => subject.conversations.findById(conversationId);

    it('answers a repeated clientMessageId with the first message and stores nothing', async () => {
      const first = await send(owner, 'once', 'retry');
      await send(other, 'between');
      const before = await head();
      expect(await send(owner, 'once', 'retry')).toEqual({ message: first.message, duplicate: true });
      expect(await head()).toEqual(before);
      const reader = (await subject.members.findMembersByConversation(conversationId)).find(
        ({ userId }) => userId === owner,
      );
      expect(reader?.lastReadSeq).toBe(1);
    });

    it('stores parallel repeats once', async () => {
      const sent = await Promise.all(Array.from({ length: 10 }, () => send(owner, 'once', 'parallel')));
      expect(sent.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
      expect(await head()).toMatchObject({ lastSeq: 1, rev: 1 });
    });

    it('refuses a clientMessageId that was used for other content', async () => {
      await send(owner, 'this', 'used');
      await expect(send(owner, 'that', 'used')).rejects.toThrow(ClientMessageIdReusedError);
      expect(await head()).toMatchObject({ lastSeq: 1, rev: 1 });
    });

    it('distinguishes clientMessageIds by sender, by conversation and by case', async () => {
      await send(owner, 'one', 'same');
      expect((await send(other, 'two', 'same')).duplicate).toBe(false);
      expect((await send(owner, 'three', 'SAME')).duplicate).toBe(false);
      conversationId = await converse(subject, owner);
      expect((await send(owner, 'four', 'same')).duplicate).toBe(false);
    });

    it('stores two messages without a clientMessageId', async () => {
      await send(owner, 'again');
      expect(await send(owner, 'again')).toMatchObject({ duplicate: false, message: { seq: 2 } });
    });

    it('refuses a removed member, whatever they repeat', async () => {
      await send(other, 'before', 'mine');
      await subject.removeMember(conversationId, other);
      await expect(send(other, 'after')).rejects.toThrow(NotConversationMemberError);
      await expect(send(other, 'before', 'mine')).rejects.toThrow(NotConversationMemberError);
      await expect(send(other, 'not before', 'mine')).rejects.toThrow(NotConversationMemberError);
      expect(await head()).toMatchObject({ lastSeq: 1, rev: 1 });
    });
  });
}
