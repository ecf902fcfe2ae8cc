import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UNCHANGED_MEMBERSHIP } from '../../src/arch/modules/chat/domain/models/own-membership.model.js';
import type { ConversationFilter } from '../../src/arch/modules/chat/application/ports/conversation-member-repository.port.js';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';
import { rounds } from '../support/rounds.js';

/** 2026-01-31T12:00:00.123456Z: an instant between two milliseconds. */
const INSTANT = 1_769_860_800_123_456;

/** Many times the number of pages that a test needs. */
const MOST_PAGES = 1_000;

export function describeConversationListContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ConversationMemberRepositoryPort on ${name}: the list`, () => {
    let subject: ChatSubject;
    let other: string;
    let me: string;

    beforeAll(async () => {
      subject = await makeSubject();
      other = await signUp(subject, 'Ada');
    });
    beforeEach(async () => {
      me = await signUp(subject);
    });
    afterAll(() => subject.close());

    /** Reads all pages, one after another. */
    const walk = async (limit: number, from?: string): Promise<string[]> => {
      const ids: string[] = [];
      let cursor = from;
      for (const _ of rounds(MOST_PAGES)) {
        const page = await subject.members.findConversationsByUser(me, limit, cursor);
        expect(page.data.length).toBeLessThanOrEqual(limit);
        ids.push(...page.data.map(({ id }) => id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      return ids;
    };

    /** Creates conversations of the reader, in the given order, each with its activity. */
    const startAt = (activities: readonly number[]) =>
      Promise.all(
        activities.map(async (activity) => {
          const id = await converse(subject, other, me);
          await subject.setActivity(id, activity);
          return id;
        }),
      );

    it('shows a conversation as its member sees it', async () => {
      const id = await converse(subject, other, me);
      await say(subject, id, other, 2);
      const { data, nextCursor } = await subject.members.findConversationsByUser(me, 20);
      const [lastMessage] = (await subject.messages.findRange(id, 2, 2)).data;
      expect(nextCursor).toBeNull();
      expect(data).toEqual([
        {
          ...(await subject.conversations.findById(id)),
          lastMessage,
          other: null,
          me: {
            ...UNCHANGED_MEMBERSHIP,
            role: 'member',
            joinedAt: expect.any(Date),
            lastReadSeq: 0,
            unreadCount: 2,
          },
        },
      ]);
      expect(await subject.members.findConversationOfUser(me, id)).toEqual(data[0]);
      expect(await subject.members.findConversationOfUser(other, id)).toMatchObject({
        me: { role: 'owner', lastReadSeq: 2, unreadCount: 0 },
      });
    });

    it.each([1, 2, 100])('with filters, pages of %i show what passes them once', async (limit) => {
      const ids = await startAt([5, 4, 3, 2, 1, 0].map((step) => INSTANT + step));
      for (const [index, id] of ids.entries()) {
        const change = { archived: index % 2 === 1, pinned: index % 3 === 0 };
        await subject.memberships.changeMembership(id, me, change);
      }
      const list = async (filter: ConversationFilter) => {
        const found: string[] = [];
        let cursor: string | undefined;
        for (const _ of rounds(MOST_PAGES)) {
          const page = await subject.members.findConversationsByUser(me, limit, cursor, filter);
          found.push(...page.data.map(({ id }) => id));
          if (page.nextCursor === null) break;
          cursor = page.nextCursor;
        }
        return found;
      };
      const chosen = (...indices: number[]) => indices.map((index) => ids[index]);
      expect(await list({})).toEqual(ids);
      expect(await list({ type: 'group' })).toEqual(ids);
      expect(await list({ type: 'direct' })).toEqual([]);
      expect(await list({ archived: true })).toEqual(chosen(1, 3, 5));
      expect(await list({ archived: false })).toEqual(chosen(0, 2, 4));
      expect(await list({ pinned: true })).toEqual(chosen(0, 3));
      expect(await list({ pinned: false, archived: true, type: 'group' })).toEqual(chosen(1, 5));
    });

    it('shows a conversation without messages', async () => {
      const id = await converse(subject, me);
      expect(await subject.members.findConversationOfUser(me, id)).toMatchObject({
        lastMessage: null,
        me: { role: 'owner', unreadCount: 0 },
      });
    });

    it('shows strangers nothing', async () => {
      const id = await converse(subject, other);
      expect(await subject.members.findConversationOfUser(me, id)).toBeNull();
      expect(await subject.members.findConversationsByUser(me, 20)).toEqual({ data: [], nextCursor: null });
    });

    it('no longer shows a conversation after the removal of the reader', async () => {
      const id = await converse(subject, other, me);
      await subject.removeMember(id, me);
      expect(await subject.members.findConversationOfUser(me, id)).toBeNull();
      expect(await walk(20)).toEqual([]);
    });

    it('lists the last activity first: a message moves a conversation, a new member does not', async () => {
      const first = await converse(subject, other, me);
      const second = await converse(subject, other, me);
      const third = await converse(subject, other, me);
      expect(await walk(20)).toEqual([third, second, first]);
      await say(subject, first, other, 1);
      await addMember(subject, second, other, await signUp(subject));
      expect(await walk(20)).toEqual([first, third, second]);
    });

    it.each([1, 2, 3, 7, 8])('walks in pages of %i through all conversations exactly once', async (limit) => {
      const ids = await startAt([1, 2, 3, 4, 5, 6, 7].map((step) => INSTANT + step * 1_000_000));
      expect(await walk(limit)).toEqual(ids.toReversed());
    });

    it.each([1, 2, 5])('walks in pages of %i through those of one microsecond', async (limit) => {
      const ids = await startAt(Array.from({ length: 7 }, () => INSTANT));
      expect(await walk(limit)).toEqual(ids.toSorted().toReversed());
    });

    it.each([1, 2, 5])('walks in pages of %i through those of one millisecond', async (limit) => {
      const ids = await startAt([4, 1, 3, 0, 2].map((step) => INSTANT + step));
      expect(await walk(limit)).toEqual([ids[0], ids[2], ids[4], ids[1], ids[3]]);
    });

    it('shows unchanged conversations once while others move', async () => {
      const [a, b, c] = await startAt([INSTANT + 3, INSTANT + 2, INSTANT + 1]);
      const page = await subject.members.findConversationsByUser(me, 1);
      expect(page.data.map(({ id }) => id)).toEqual([a]);
      await say(subject, String(c), other, 1);
      expect(await walk(1, String(page.nextCursor))).toEqual([b]);
    });

    it('ends at a full last page', async () => {
      await startAt([INSTANT, INSTANT + 1]);
      expect((await subject.members.findConversationsByUser(me, 2)).nextCursor).toBeNull();
    });

    it.each(['x', 'e30', '!', `${INSTANT}|${'0'.repeat(36)}`, ' ', 'a'.repeat(200)])(
      'refuses the cursor %j',
      async (cursor) => {
        await expect(subject.members.findConversationsByUser(me, 20, cursor)).rejects.toThrow(
          CursorInvalidError,
        );
      },
    );
  });
}
