import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

export function describeMessageRepositoryContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: writing`, () => {
    let subject: ChatSubject;
    let owner: string;
    let other: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject, 'Ada');
      other = await signUp(subject);
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
    });
    afterAll(() => subject.close());

    const send = (senderId: string, content: string, clientMessageId?: string) =>
      subject.messages.create({ conversationId, senderId, content, clientMessageId });
    const head = async () => subject.conversations.findById(conversationId);

    it('stores a message as it was sent and returns it completely', async () => {
      const before = await head();
      const content = '  é 👩‍👩‍👧\r\n\t<b>\'";--\\ \u200b ';
      const { message, duplicate } = await send(owner, content, 'my-1');
      expect(duplicate).toBe(false);
      expect(message).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        conversationId,
        senderId: owner,
        sender: { id: owner, displayName: 'Ada', avatarUrl: null },
        content,
        createdAt: expect.any(Date),
        seq: 1,
        rev: 1,
        clientMessageId: 'my-1',
        editedAt: null,
        deletedAt: null,
      });
      expect((await subject.messages.findRange(conversationId, 1, 1)).data[0]).toEqual(message);
      expect(await head()).toEqual({ ...before, lastSeq: 1, rev: 1, updatedAt: message.createdAt });
    });

    it('numbers parallel messages without holes and resolves them in that order', async () => {
      const resolved: number[] = [];
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const { message } = await send(index % 2 === 0 ? owner : other, `message ${index}`);
          expect(message.seq).toBe(message.rev);
          resolved.push(message.rev);
        }),
      );
      expect(resolved).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      expect(await head()).toMatchObject({ lastSeq: 50, rev: 50 });
    });

    it("keeps a sender's own order", async () => {
      const sent = await Promise.all(['a', 'b', 'c', 'd'].map((content) => send(owner, content)));
      expect(sent.map(({ message }) => message.seq)).toEqual([1, 2, 3, 4]);
    });

    it("moves the sender's read position up to the message, and nobody else's", async () => {
      await send(owner, 'one');
      await send(other, 'two');
      await send(owner, 'three');
      const positions = await subject.members.findMembersByConversation(conversationId);
      expect(new Map(positions.map(({ userId, lastReadSeq }) => [userId, lastReadSeq]))).toEqual(
        new Map([
          [owner, 3],
          [other, 2],
        ]),
      );
    });

    it('refuses a sender who is not a member and stores nothing', async () => {
      await expect(send(await signUp(subject), 'hello?')).rejects.toThrow(NotConversationMemberError);
      expect(await head()).toMatchObject({ lastSeq: 0, rev: 0 });
    });

    it('refuses a sender who has just been removed', async () => {
      await subject.removeMember(conversationId, other);
      await expect(send(other, 'after')).rejects.toThrow(NotConversationMemberError);
      expect(await head()).toMatchObject({ lastSeq: 0, rev: 0 });
    });

    it('refuses a conversation that does not exist', async () => {
      conversationId = randomUUID();
      await expect(send(owner, 'echo')).rejects.toThrow(ConversationNotFoundError);
    });

    it('stores the next message after a refusal', async () => {
      const stranger = await signUp(subject);
      const settled = await Promise.allSettled([send(owner, 'a'), send(stranger, 'b'), send(owner, 'c')]);
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await head()).toMatchObject({ lastSeq: 2, rev: 2 });
    });

    it('never shows an activity before that of the message before', async () => {
      const future = Date.now() + 86_400_000;
      await subject.setActivity(conversationId, future * 1_000);
      const { message } = await send(owner, 'from a clock that went back');
      expect(message.createdAt).toEqual(new Date(future));
    });

    it('counts members and messages in one rev', async () => {
      await say(subject, conversationId, owner, 2);
      await addMember(subject, conversationId, owner, await signUp(subject));
      expect((await send(owner, 'third')).message).toMatchObject({ seq: 3, rev: 4 });
    });
  });
}
