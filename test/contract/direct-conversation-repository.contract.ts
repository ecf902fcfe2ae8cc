import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserNotFoundError } from '../../src/arch/common/domain/errors/user-not-found.error.js';
import type { DirectConversationRepositoryPort } from '../../src/arch/modules/chat/application/ports/direct-conversation-repository.port.js';
import { DEFAULT_SETTINGS } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import { type ChatSubject, type MakeChatSubject, openDirect, say, signUp } from './chat-subject.js';

export function describeDirectConversationRepositoryContract(
  name: string,
  makeSubject: MakeChatSubject,
): void {
  describe(`DirectConversationRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let directs: DirectConversationRepositoryPort;
    let me: string;
    let other: string;

    beforeAll(async () => {
      subject = await makeSubject();
      ({ directs } = subject);
    });
    beforeEach(async () => {
      me = await signUp(subject, 'Ada');
      other = await signUp(subject, 'Bob');
    });
    afterAll(() => subject.close());

    const open = (openerId: string, otherId: string) =>
      subject.transactions.runInTransaction(() => directs.open(openerId, otherId));

    it('opens a conversation of two members, neither of them the owner', async () => {
      const { conversation, isNew } = await open(me, other);
      expect(isNew).toBe(true);
      expect(conversation).toMatchObject({
        ...DEFAULT_SETTINGS,
        type: 'direct',
        createdBy: me,
        memberCount: 2,
        lastSeq: 0,
        rev: 0,
      });
      const members = await subject.members.findMembersByConversation(conversation.id);
      expect(members.map(({ userId, role }) => [userId, role])).toEqual(
        [me, other].toSorted().map((id) => [id, 'member']),
      );
    });

    it('finds the same conversation afterwards, whoever opens it', async () => {
      expect(await directs.findOfPair(me, other)).toBeNull();
      const { conversation } = await open(me, other);
      expect(await open(me, other)).toEqual({ conversation, isNew: false });
      expect(await open(other, me)).toEqual({ conversation, isNew: false });
      expect(await directs.findOfPair(me, other)).toEqual(conversation);
      expect(await directs.findOfPair(other, me)).toEqual(conversation);
      expect(await directs.findOfPair(me, await signUp(subject))).toBeNull();
    });

    it('creates one conversation of a pair that opens it many times at once', async () => {
      const turns = Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? open(me, other) : open(other, me)));
      const opened = await Promise.all(turns);
      expect(new Set(opened.map(({ conversation }) => conversation.id)).size).toBe(1);
      expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    });

    it('opens notes to oneself, with one member', async () => {
      const { conversation } = await open(me, me);
      expect(conversation).toMatchObject({ type: 'direct', memberCount: 1 });
      expect(await open(me, me)).toEqual({ conversation, isNew: false });
      const members = await subject.members.findMembersByConversation(conversation.id);
      expect(members.map(({ userId }) => userId)).toEqual([me]);
    });

    it('refuses an account that does not exist, and stores nothing', async () => {
      const unknown = randomUUID();
      await expect(open(me, unknown)).rejects.toThrow(UserNotFoundError);
      expect(await directs.findOfPair(me, unknown)).toBeNull();
    });

    it('leaves nothing of a conversation whose creation is rolled back', async () => {
      const work = subject.transactions.runInTransaction(async () => {
        await directs.open(me, other);
        throw new Error('regret');
      });
      await expect(work).rejects.toThrow('regret');
      expect(await directs.findOfPair(me, other)).toBeNull();
      expect(await open(other, me)).toMatchObject({ isNew: true });
    });

    it('shows the other member to each of them', async () => {
      const id = await openDirect(subject, me, other);
      const shownTo = async (userId: string) =>
        (await subject.members.findConversationOfUser(userId, id))?.other;
      expect(await shownTo(me)).toEqual({ id: other, displayName: 'Bob', avatarUrl: null });
      expect(await shownTo(other)).toEqual({ id: me, displayName: 'Ada', avatarUrl: null });
      const notes = await openDirect(subject, me, me);
      expect((await subject.members.findConversationOfUser(me, notes))?.other?.id).toBe(me);
    });

    it.each(['me', 'other'] as const)(
      'is listed for the other one only with its first message, which %s writes',
      async (who) => {
        const id = await openDirect(subject, me, other);
        const listOf = async (userId: string) => {
          const { data } = await subject.members.findConversationsByUser(userId, 20);
          const recent = await subject.heads.findMostRecent(userId, 20);
          return [data.map((shown) => shown.id), recent];
        };
        expect(await listOf(me)).toEqual([[id], [id]]);
        expect(await listOf(other)).toEqual([[], []]);
        await say(subject, id, who === 'me' ? me : other, 1);
        expect(await listOf(me)).toEqual([[id], [id]]);
        expect(await listOf(other)).toEqual([[id], [id]]);
      },
    );
  });
}
