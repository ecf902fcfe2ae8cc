import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import type { ThreadRepositoryPort } from '../../src/arch/modules/chat/application/ports/thread-repository.port.js';
import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

export function describeThreadRepositoryContract(name: string, make: MakeChatSubject): void {
  describe(`ThreadRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let threads: ThreadRepositoryPort;
    let owner: string;
    let member: string;
    let stranger: string;
    let conversationId: string;
    let threadId: string;
    let rootId: string;

    beforeAll(async () => {
      subject = await make();
      threads = subject.threads;
      [owner, member, stranger] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, member);
      await say(subject, conversationId, owner, 3);
      threadId = threads.newThreadId();
      rootId = (await subject.messages.findRange(conversationId, 2, 2)).data[0]?.id ?? '';
      expect(await threads.findThread(conversationId, 2)).toBeNull();
      const opening = { kind: 'thread_opened', threadId } as const;
      await subject.messageChange.change(conversationId, member, rootId, () => opening);
    });
    afterAll(() => subject.close());

    it('gives new threads ids that say so', () => {
      expect(isThreadId(threadId)).toBe(true);
      expect(threads.newThreadId()).not.toBe(threadId);
    });

    it('finds the thread of a message', async () => {
      expect(await threads.findThread(conversationId, 2)).toBe(threadId);
      expect(await threads.findThread(conversationId, 1)).toBeNull();
      expect(await threads.findThread(threadId, 2)).toBeNull();
    });

    it('a thread has begun with a rev of the root, and is no activity of its parent', async () => {
      const [root] = (await subject.messages.findRange(conversationId, 2, 2)).data;
      expect(root).toMatchObject({ rev: 4 });
      expect(await subject.conversations.findById(conversationId)).toMatchObject({ rev: 4, lastSeq: 3 });
      expect(await subject.conversations.findById(threadId)).toMatchObject({
        type: 'thread',
        parent: { conversationId, messageId: rootId, seq: 2 },
        createdBy: member,
        title: null,
        memberCount: 2,
        lastSeq: 0,
        rev: 0,
      });
      expect(await subject.conversations.exists(threadId)).toBe(true);
    });

    it('who may send there is who may send in the parent', async () => {
      await subject.restrict(conversationId, { posting: 'admins', slowModeSeconds: 5 });
      const restricted = { posting: 'admins', slowModeSeconds: 5 };
      expect(await subject.conversations.findById(threadId)).toMatchObject(restricted);
      expect(await subject.members.findConversationOfUser(member, threadId)).toMatchObject(restricted);
    });

    it('has the members of its parent, each with the role there', async () => {
      const { members } = subject;
      for (const reader of [members, members.cached]) {
        expect(await reader.isMember(threadId, owner)).toBe(true);
        expect(await reader.isMember(threadId, stranger)).toBe(false);
      }
      expect(await members.findVisibleFrom(threadId, member)).toBe(1);
      expect(await members.findVisibleFrom(threadId, stranger)).toBeNull();
      expect(await members.findMember(threadId, owner)).toMatchObject({ userId: owner, role: 'owner' });
      expect(await members.findMember(threadId, stranger)).toBeNull();
      const among = await members.findMembersAmong(threadId, [stranger, member, owner]);
      expect(among.toSorted()).toEqual([member, owner].toSorted());
      const page = await members.findMemberPage(conversationId, member, 100);
      const data = page.data.map((one) => ({ ...one, lastReadSeq: 0 }));
      expect(await members.findMemberPage(threadId, member, 100)).toEqual({ ...page, data });
      expect(await members.findConversationOfUser(owner, threadId)).toMatchObject({
        id: threadId,
        other: null,
        lastMessage: null,
        me: { role: 'owner', unreadCount: 0, mentionCount: 0, visibleFromSeq: 1 },
      });
      expect(await members.findConversationOfUser(stranger, threadId)).toBeNull();
    });

    it('a former member of the parent is none', async () => {
      await subject.removeMember(conversationId, member);
      expect(await subject.members.isMember(threadId, member)).toBe(false);
      expect(await subject.members.findConversationOfUser(member, threadId)).toBeNull();
    });

    it('is not there for a member to whom the root is hidden', async () => {
      const { members, memberships } = subject;
      await memberships.clearHistory(conversationId, member);
      for (const found of [members.isMember(threadId, member), members.findVisibleFrom(threadId, member)])
        await expect(found).rejects.toThrow(ConversationNotFoundError);
      expect(await members.findMembersAmong(threadId, [owner, member])).toEqual([owner]);
      expect(await members.findConversationOfUser(member, threadId)).toBeNull();
      expect(await subject.changes.findChanges(threadId, member, 0, 10)).toBeNull();
      expect(await subject.timeline.findChanges(threadId, member, 0, 10)).toBeNull();
      expect(await members.isMember(threadId, owner)).toBe(true);
    });

    it('is in no list of its members', async () => {
      const { data } = await subject.members.findConversationsByUser(member, 100);
      expect(data.map(({ id }) => id)).not.toContain(threadId);
      expect(await subject.members.findIdsOfUser(member)).not.toContain(threadId);
      expect(await subject.heads.findMostRecent(member, 1_000)).not.toContain(threadId);
    });
  });
}
