import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SlowModeError } from '../../src/arch/modules/chat/domain/errors/slow-mode.error.js';
import { conversationDeletion } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { MessageExtras } from '../../src/arch/modules/chat/domain/models/message-extras.model.js';
import {
  type ChatSubject,
  converse,
  type MakeChatSubject,
  openDirect,
  openThread,
  say,
  signUp,
} from './chat-subject.js';

/** `stored`, or the code. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'stored',
    (error) => error.code ?? error,
  );

export function describeThreadRepliesContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: replies in a thread`, () => {
    let subject: ChatSubject;
    let owner: string;
    let member: string;
    let stranger: string;
    let parentId: string;
    /** Begins at the second of three messages; the second is the member's. */
    let threadId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      [owner, member, stranger] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      parentId = await converse(subject, owner, member);
      await say(subject, parentId, owner, 1);
      await say(subject, parentId, member, 1);
      await say(subject, parentId, owner, 1);
      threadId = await openThread(subject, parentId, 2, owner);
    });
    afterAll(() => subject.close());

    const send = (senderId: string, { content = 'Hello!', to = threadId, ...more }: Sent = {}) =>
      subject.messages.create({ conversationId: to, senderId, content, ...more });
    const atOnce = (...places: string[]) => Promise.all(places.map((to) => outcome(send(member, { to }))));
    interface Sent {
      readonly content?: string;
      readonly clientMessageId?: string;
      readonly extras?: MessageExtras;
      readonly to?: string;
    }
    const root = async () => (await subject.messages.findRange(parentId, 2, 2)).data[0];
    const head = async (id: string) => {
      const { lastSeq, rev } = (await subject.conversations.findById(id)) ?? {};
      return { lastSeq, rev };
    };

    it('have the numbers of the thread, and move the root, which tells how many they are', async () => {
      expect(await root()).toMatchObject({ rev: 4, thread: { id: threadId, replyCount: 0 } });
      expect((await root())?.thread).not.toHaveProperty('lastReplyAt');
      const first = await send(owner);
      expect(first).toMatchObject({
        duplicate: false,
        message: { conversationId: threadId, seq: 1, rev: 1 },
      });
      const thread = { id: threadId, replyCount: 1, lastReplyAt: first.message.createdAt };
      expect(first.root).toMatchObject({ conversationId: parentId, seq: 2, rev: 5, content: '1', thread });
      expect(await root()).toEqual(first.root);
      expect(first.parent).toEqual({ conversationId: parentId, rev: 4 });
      const second = await send(member);
      expect(second.root).toMatchObject({ rev: 6, thread: { id: threadId, replyCount: 2 } });
      expect(await root()).toEqual(second.root);
      expect(await head(parentId)).toEqual({ lastSeq: 3, rev: 6 });
      expect((await send(owner, { to: parentId })).message).toMatchObject({ seq: 4, rev: 7 });
    });

    it('beside messages of the parent leave no number out, and give none twice', async () => {
      const other = await openThread(subject, parentId, 3, owner);
      const sent = await Promise.all(
        [threadId, parentId, other, threadId, parentId, other, threadId].map((to) => send(owner, { to })),
      );
      const ofParent = sent.filter(({ message }) => message.conversationId === parentId);
      const moved = sent.flatMap(({ root: each }) => (each ? [each.rev] : []));
      const revs = [...ofParent.map(({ message }) => message.rev), ...moved];
      const last = (await head(parentId)).rev ?? 0;
      expect(revs.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: last - 5 }, (_, index) => index + 6),
      );
      expect(ofParent.map(({ message }) => message.seq)).toEqual([4, 5]);
      const places = sent.flatMap(({ message, parent }) =>
        isThreadId(message.conversationId) ? parent?.rev : [],
      );
      expect(places.filter((rev = -1) => rev < 5 || rev >= last)).toEqual([]);
      expect(sent.flatMap(({ message }) => (message.conversationId === threadId ? message.rev : []))).toEqual(
        [1, 2, 3],
      );
      expect((await root())?.thread?.replyCount).toBe(3);
    });

    it('that are repeated are answered with the first, and move nothing', async () => {
      const first = await send(owner, { clientMessageId: 'one' });
      const again = await send(owner, { clientMessageId: 'one' });
      expect(again).toEqual({ message: first.message, duplicate: true });
      expect(await root()).toEqual(first.root);
      expect(await outcome(send(owner, { clientMessageId: 'one', content: 'other' }))).toBe(
        'CLIENT_MESSAGE_ID_REUSED',
      );
    });

    it('make their senders follow, whom they mention, and with the first one the sender of the root', async () => {
      const late = await signUp(subject);
      parentId = await converse(subject, owner, member, late);
      await say(subject, parentId, member, 1);
      threadId = await openThread(subject, parentId, 1, owner);
      await send(owner);
      expect(await subject.followersOf(threadId)).toEqual({ [owner]: 0, [member]: 0 });
      await send(owner, { extras: { mentionsAll: true } });
      await send(owner, { extras: { mentions: [late, owner, stranger] } });
      expect(await subject.followersOf(threadId)).toEqual({ [owner]: 0, [member]: 0, [late]: 2 });
      await send(late);
      expect(await subject.followersOf(threadId)).toEqual({ [owner]: 0, [member]: 0, [late]: 2 });
    });

    it('make nobody follow who has left, or may not see the root', async () => {
      const late = await signUp(subject);
      parentId = await converse(subject, owner, member, late);
      await say(subject, parentId, member, 2);
      threadId = await openThread(subject, parentId, 1, owner);
      const other = await openThread(subject, parentId, 2, owner);
      await subject.hideBefore(parentId, late, 2);
      await subject.hideBefore(parentId, member, 2);
      const { message } = await send(owner, { extras: { mentions: [late] } });
      expect(message).not.toHaveProperty('mentions');
      expect(await subject.followersOf(threadId)).toEqual({ [owner]: 0 });
      await subject.removeMember(parentId, member);
      await send(owner, { to: other });
      expect(await subject.followersOf(other)).toEqual({ [owner]: 0 });
    });

    it('reply to, and mention, as messages do; the target is one of the thread', async () => {
      const { message: target } = await send(member, { content: 'target' });
      await subject.hideBefore(parentId, owner, 2);
      const extras = { replyToId: target.id, mentions: [member], mentionsAll: true as const };
      const { message } = await send(owner, { extras });
      expect(message).toMatchObject({
        replyTo: { seq: 1, excerpt: 'target' },
        mentions: [member],
        mentionsAll: true,
      });
      expect(await outcome(send(member, { extras: { mentionsAll: true } }))).toBe('CANNOT_MENTION_ALL');
      const outside = (await root())?.id ?? '';
      expect(await outcome(send(owner, { extras: { replyToId: outside } }))).toBe('MESSAGE_NOT_FOUND');
    });

    it('are refused to all but members of the parent, and to those who may not see the root', async () => {
      expect(await outcome(send(stranger))).toBe('NOT_CONVERSATION_MEMBER');
      await subject.hideBefore(parentId, member, 3);
      expect(await outcome(send(member))).toBe('CONVERSATION_NOT_FOUND');
      await subject.hideBefore(parentId, member, 2);
      expect(await outcome(send(member))).toBe('stored');
      await subject.removeMember(parentId, member);
      expect(await outcome(send(member))).toBe('NOT_CONVERSATION_MEMBER');
      const unknown = `${randomUUID().slice(0, 14)}8${randomUUID().slice(15)}`;
      expect(await outcome(send(owner, { to: unknown }))).toBe('CONVERSATION_NOT_FOUND');
      await subject.change.change(parentId, owner, () => [conversationDeletion([owner])]);
      expect(await outcome(send(owner))).toBe('CONVERSATION_NOT_FOUND');
    });

    it('are subject to what restricts the parent', async () => {
      await subject.restrict(parentId, { posting: 'admins' });
      expect(await outcome(send(member))).toBe('POSTING_RESTRICTED');
      expect(await outcome(send(owner))).toBe('stored');
      await subject.restrict(parentId, { posting: 'all' });
      expect(await outcome(send(member))).toBe('stored');
      expect(await head(threadId)).toEqual({ lastSeq: 2, rev: 2 });
    });

    it('wait in slow mode for what was sent to the parent and to all threads of it', async () => {
      await subject.restrict(parentId, { slowModeSeconds: 600 });
      const elsewhere = await openThread(subject, parentId, 3, owner);
      expect(await outcome(send(member))).toBe('SLOW_MODE');
      await subject.age(parentId, 600);
      expect(await outcome(send(member))).toBe('stored');
      expect(await outcome(send(member))).toBe('SLOW_MODE');
      expect(await outcome(send(member, { to: elsewhere }))).toBe('SLOW_MODE');
      await subject.age(threadId, 300);
      const error = await send(member, { to: elsewhere }).catch((reason: unknown) => reason);
      expect((error as SlowModeError).retryAfterMs).toBeLessThanOrEqual(300_000);
      // Of everybody else's, and for whom it does not hold, nothing.
      expect(await outcome(send(owner))).toBe('stored');
      expect(await outcome(send(owner, { to: elsewhere }))).toBe('stored');
      await subject.age(threadId, 300);
      expect(await outcome(send(member, { to: elsewhere }))).toBe('stored');
    });

    it('of several at once in slow mode one is stored, in whichever thread; messages of the parent wait for none', async () => {
      await subject.restrict(parentId, { slowModeSeconds: 600 });
      await subject.age(parentId, 600);
      const elsewhere = await openThread(subject, parentId, 3, owner);
      expect(await atOnce(threadId, elsewhere, threadId)).toEqual(['stored', 'SLOW_MODE', 'SLOW_MODE']);
      expect(await atOnce(parentId, parentId, threadId)).toEqual(['stored', 'SLOW_MODE', 'SLOW_MODE']);
      await subject.age(threadId, 600);
      expect(await atOnce(threadId)).toEqual(['SLOW_MODE']);
      await subject.age(parentId, 600);
      expect(await atOnce(parentId, threadId)).toEqual(['stored', 'SLOW_MODE']);
    });

    it('are refused in a direct conversation with a block, where both may mention everybody', async () => {
      const [one, two] = [await signUp(subject), await signUp(subject)];
      parentId = await openDirect(subject, one, two);
      await say(subject, parentId, two, 1);
      threadId = await openThread(subject, parentId, 1, two);
      expect(await outcome(send(two, { extras: { mentionsAll: true } }))).toBe('stored');
      await subject.blockUser(one, two);
      expect(await outcome(send(two))).toBe('USER_NOT_REACHABLE');
      expect(await outcome(send(one))).toBe('USER_NOT_REACHABLE');
    });

    it('stay when the root is deleted, which keeps telling of them', async () => {
      await send(owner);
      const { id = '' } = (await root()) ?? {};
      await subject.messageChange.change(parentId, member, id, () => ({ kind: 'deleted' }));
      expect(await root()).toMatchObject({ content: '', thread: { id: threadId, replyCount: 1 } });
      const { root: moved } = await send(owner);
      expect(moved).toMatchObject({ content: '', deletedAt: expect.any(Date), thread: { replyCount: 2 } });
    });
  });
}
