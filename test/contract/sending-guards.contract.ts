import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { PostingRestrictedError } from '../../src/arch/modules/chat/domain/errors/posting-restricted.error.js';
import { SlowModeError } from '../../src/arch/modules/chat/domain/errors/slow-mode.error.js';
import { UserNotReachableError } from '../../src/arch/modules/chat/domain/errors/user-not-reachable.error.js';
import {
  conversationDeletion,
  settingsChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { ConversationSettings } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

const SLOW = { slowModeSeconds: 600 };
const ANNOUNCEMENTS = { posting: 'admins' } as const;

export function describeSendingGuardsContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: what a conversation refuses`, () => {
    let subject: ChatSubject;
    let owner: string;
    let member: string;
    let other: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [owner, member, other] = [await signUp(subject), await signUp(subject), await signUp(subject)];
      conversationId = await converse(subject, owner, member, other);
    });
    afterAll(() => subject.close());

    const send = (senderId: string, content = 'Hello!', clientMessageId?: string, to = conversationId) =>
      subject.messages.create({ conversationId: to, senderId, content, clientMessageId });
    const set = (settings: Partial<ConversationSettings>) =>
      subject.change.change(conversationId, owner, () => [settingsChange(settings)]);
    const remove = () =>
      subject.change.change(conversationId, owner, () => [conversationDeletion([owner, member, other])]);
    const goDirect = async () => {
      conversationId = await converse(subject, owner, member);
      await subject.makeDirect(conversationId);
    };
    const lastSeq = async () => (await subject.conversations.findById(conversationId))?.lastSeq;
    /** `stored`, `repeat`, or the code. */
    const outcomes = async (sends: readonly ReturnType<typeof send>[]) =>
      (await Promise.allSettled(sends)).map((one) => {
        if (one.status === 'rejected') return one.reason.code ?? one.reason;
        return one.value.duplicate ? 'repeat' : `stored ${one.value.message.seq}`;
      });

    describe('announcements', () => {
      it('refuses a member, and neither the owner nor an admin', async () => {
        await set(ANNOUNCEMENTS);
        await subject.setRole(conversationId, other, 'admin');
        await expect(send(member)).rejects.toThrow(PostingRestrictedError);
        expect(await outcomes([send(owner), send(other)])).toEqual(['stored 1', 'stored 2']);
      });

      it('refuses until everybody may send again', async () => {
        await set(ANNOUNCEMENTS);
        await expect(send(member)).rejects.toThrow(PostingRestrictedError);
        await set({ posting: 'all' });
        expect((await send(member)).message.seq).toBe(1);
      });
    });

    describe('slow mode', () => {
      it('refuses a member who has just sent, and says for how long', async () => {
        await set(SLOW);
        await send(member);
        const error = await send(member).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(SlowModeError);
        const { retryAfterMs } = error as SlowModeError;
        expect(retryAfterMs).toBeGreaterThan(500_000);
        expect(retryAfterMs).toBeLessThanOrEqual(600_000);
        expect(await lastSeq()).toBe(1);
      });

      it("counts from the sender's newest message, whoever has sent since, and from before it was set", async () => {
        await send(member);
        await send(other);
        await set(SLOW);
        await expect(send(member)).rejects.toThrow(SlowModeError);
        await subject.age(conversationId, 300);
        const error = await send(member).catch((reason: unknown) => reason);
        expect((error as SlowModeError).retryAfterMs).toBeLessThanOrEqual(300_000);
        await subject.age(conversationId, 300);
        expect((await send(member)).message.seq).toBe(3);
        await expect(send(member)).rejects.toThrow(SlowModeError);
      });

      it('never says to wait for longer than it lasts, though the clock went back', async () => {
        await set(SLOW);
        await send(member);
        await subject.age(conversationId, -3_600);
        const error = await send(member).catch((reason: unknown) => reason);
        expect((error as SlowModeError).retryAfterMs).toBeLessThanOrEqual(600_000);
      });

      it('lets the owner and admins send as they like', async () => {
        await set(SLOW);
        await subject.setRole(conversationId, other, 'admin');
        const sends = [send(owner), send(owner), send(other), send(other)];
        expect(await outcomes(sends)).toEqual(['stored 1', 'stored 2', 'stored 3', 'stored 4']);
      });

      it('of several sends of one member at once it takes one, of each member', async () => {
        await set(SLOW);
        const sends = [send(member, 'a'), send(other, 'b'), send(member, 'c'), send(other, 'd'), send(owner)];
        const settled = await outcomes(sends);
        expect(settled).toEqual(['stored 1', 'stored 2', 'SLOW_MODE', 'SLOW_MODE', 'stored 3']);
      });

      it('of several sends at once a repeat is none that closes the way', async () => {
        await send(member, 'old', 'old');
        await subject.age(conversationId, 600);
        await set(SLOW);
        const sends = [send(member, 'old', 'old'), send(member, 'new', 'new'), send(member, 'newer')];
        expect(await outcomes(sends)).toEqual(['repeat', 'stored 2', 'SLOW_MODE']);
      });

      it('leaves other conversations of the sender alone', async () => {
        await set(SLOW);
        const elsewhere = await converse(subject, owner, member);
        const sends = [
          send(member),
          send(member, 'a', undefined, elsewhere),
          send(member, 'b', undefined, elsewhere),
        ];
        expect(await outcomes(sends)).toEqual(['stored 1', 'stored 1', 'stored 2']);
      });
    });

    describe('a block', () => {
      it('refuses both in their direct conversation, whoever has blocked', async () => {
        for (const blocks of [(a: string, b: string) => [a, b], (a: string, b: string) => [b, a]] as const) {
          [owner, member] = [await signUp(subject), await signUp(subject)];
          await goDirect();
          expect(await outcomes([send(owner), send(member)])).toEqual(['stored 1', 'stored 2']);
          const [blocker = '', blocked = ''] = blocks(owner, member);
          await subject.blockUser(blocker, blocked);
          await expect(send(owner)).rejects.toThrow(UserNotReachableError);
          await expect(send(member)).rejects.toThrow(UserNotReachableError);
          expect(await lastSeq()).toBe(2);
        }
      });

      it('of somebody else, and in a group, refuses nobody', async () => {
        const [blocker, blocked] = [await signUp(subject), await signUp(subject)];
        await subject.blockUser(blocker, blocked);
        await subject.blockUser(owner, blocked);
        await subject.blockUser(blocked, member);
        await goDirect();
        const group = await converse(subject, blocker, blocked);
        const sends = [
          send(owner),
          send(member),
          send(blocker, 'a', undefined, group),
          send(blocked, 'b', undefined, group),
        ];
        expect(await outcomes(sends)).toEqual(['stored 1', 'stored 2', 'stored 1', 'stored 2']);
      });
    });

    describe('the order', () => {
      it('a deleted conversation is not there, before anything else', async () => {
        await send(member, 'once', 'once');
        await set({ ...ANNOUNCEMENTS, ...SLOW });
        await remove();
        for (const sender of [owner, member, await signUp(subject)])
          await expect(send(sender, 'once', 'once')).rejects.toThrow(ConversationNotFoundError);
      });

      it('who is not a member is told so, whatever is restricted', async () => {
        await set({ ...ANNOUNCEMENTS, ...SLOW });
        await expect(send(await signUp(subject))).rejects.toThrow(NotConversationMemberError);
      });

      it('a repeat is answered, and a reused id refused, whatever has been restricted since', async () => {
        await goDirect();
        await subject.setRole(conversationId, owner, 'member');
        const { message } = await send(owner, 'once', 'once');
        await set({ ...ANNOUNCEMENTS, ...SLOW });
        await subject.blockUser(member, owner);
        expect(await send(owner, 'once', 'once')).toEqual({ message, duplicate: true });
        expect(await outcomes([send(owner, 'other', 'once')])).toEqual(['CLIENT_MESSAGE_ID_REUSED']);
      });

      it('announcements come before slow mode, and slow mode before a block', async () => {
        await goDirect();
        await send(member);
        await subject.blockUser(owner, member);
        await set({ ...ANNOUNCEMENTS, ...SLOW });
        expect(await outcomes([send(member)])).toEqual(['POSTING_RESTRICTED']);
        await set({ posting: 'all' });
        expect(await outcomes([send(member)])).toEqual(['SLOW_MODE']);
        await subject.age(conversationId, 600);
        expect(await outcomes([send(member), send(member)])).toEqual([
          'USER_NOT_REACHABLE',
          'USER_NOT_REACHABLE',
        ]);
      });

      it('sends at once to conversations with and without guards get an answer each', async () => {
        const [free, announcements, slow, gone] = (await Promise.all(
          Array.from({ length: 4 }, () => converse(subject, owner, member)),
        )) as [string, string, string, string];
        conversationId = announcements;
        await send(member, 'said before', 'before');
        await set(ANNOUNCEMENTS);
        conversationId = slow;
        await set(SLOW);
        conversationId = gone;
        await remove();
        const [one, two] = [await signUp(subject), await signUp(subject)];
        const direct = await converse(subject, one, two);
        await subject.makeDirect(direct);
        await subject.blockUser(two, one);
        const settled = await outcomes([
          send(member, 'a', undefined, free),
          send(member, 'b', undefined, announcements),
          send(owner, 'c', undefined, announcements),
          send(member, 'said before', 'before', announcements),
          send(member, 'd', undefined, slow),
          send(member, 'e', undefined, slow),
          send(one, 'f', undefined, direct),
          send(owner, 'g', undefined, gone),
          send(other, 'h', undefined, free),
          send(member, 'i', undefined, free),
        ]);
        expect(settled).toEqual([
          'stored 1',
          'POSTING_RESTRICTED',
          'stored 2',
          'repeat',
          'stored 1',
          'SLOW_MODE',
          'USER_NOT_REACHABLE',
          'CONVERSATION_NOT_FOUND',
          'NOT_CONVERSATION_MEMBER',
          'stored 2',
        ]);
      });
    });
  });
}
