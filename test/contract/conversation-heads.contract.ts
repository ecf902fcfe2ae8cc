import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

/** An instant in 2026, in microseconds since 1970. */
const INSTANT = 1_770_000_000_000_000;

export function describeConversationHeadsContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ConversationHeadsPort on ${name}`, () => {
    let subject: ChatSubject;
    let me: string;
    let other: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      me = await signUp(subject);
      other = await signUp(subject);
      await converse(subject, other);
    });
    afterAll(() => subject.close());

    /** Creates conversations of the reader with these activities; returns their ids in this order. */
    const startAt = async (activities: readonly number[]) => {
      const ids: string[] = [];
      for (const activity of activities) {
        const id = await converse(subject, other, me);
        await subject.setActivity(id, activity);
        ids.push(id);
      }
      return ids;
    };

    it('lists the conversations of the reader by activity, the most recent first, those of one instant by id', async () => {
      const [a = '', b, c, d = ''] = await startAt([INSTANT + 1, INSTANT + 3, INSTANT, INSTANT + 1]);
      const expected = [b, ...[a, d].toSorted().toReversed(), c];
      expect(await subject.heads.findMostRecent(me, 100)).toEqual(expected);
      expect(await subject.heads.findMostRecent(me, 4)).toEqual(expected);
      expect(await subject.heads.findMostRecent(me, 2)).toEqual(expected.slice(0, 2));
    });

    it('lists none without a membership, and none that was left', async () => {
      expect(await subject.heads.findMostRecent(me, 100)).toEqual([]);
      const [first, second] = await startAt([INSTANT, INSTANT + 1]);
      await subject.removeMember(String(second), me);
      expect(await subject.heads.findMostRecent(me, 100)).toEqual([first]);
    });

    it('returns head and unread count of each, in the requested order', async () => {
      const [first = '', second = '', third = ''] = await startAt([INSTANT, INSTANT, INSTANT]);
      await say(subject, second, other, 3);
      await addMember(subject, second, other, await signUp(subject));
      await subject.memberships.markRead(second, me, 1);
      await say(subject, third, me, 2);
      expect(await subject.heads.findHeads(me, [third, first, second])).toEqual([
        { conversationId: third, lastSeq: 2, rev: 2, unreadCount: 0, mentionCount: 0, visibleFromSeq: 1 },
        { conversationId: first, lastSeq: 0, rev: 0, unreadCount: 0, mentionCount: 0, visibleFromSeq: 1 },
        { conversationId: second, lastSeq: 3, rev: 4, unreadCount: 2, mentionCount: 0, visibleFromSeq: 1 },
      ]);
    });

    it('adds up what is unread of the last active conversations, or of all', async () => {
      const ids = await startAt([INSTANT, INSTANT + 1, INSTANT + 2, INSTANT + 3]);
      for (const [index, id] of ids.entries()) {
        await say(subject, id, other, 2 ** index);
        await subject.setActivity(id, INSTANT + index);
      }
      const [, second = '', third = '', last = ''] = ids;
      expect(await subject.heads.countUnread(me, 4)).toEqual({
        conversations: 4,
        messages: 15,
        mentions: 0,
        threads: 0,
        capped: false,
      });
      expect(await subject.heads.countUnread(me, 2)).toEqual({
        conversations: 2,
        messages: 12,
        mentions: 0,
        threads: 0,
        capped: true,
      });
      expect(await subject.heads.countUnread(me)).toEqual({
        conversations: 4,
        messages: 15,
        mentions: 0,
        threads: 0,
        capped: false,
      });
      await subject.memberships.changeMembership(third, me, { mutedUntil: new Date('2100-01-01') });
      await subject.memberships.changeMembership(second, me, { mutedUntil: new Date('2000-01-01') });
      await subject.memberships.markRead(last, me, 6);
      expect(await subject.heads.countUnread(me, 4)).toEqual({
        conversations: 3,
        messages: 5,
        mentions: 0,
        threads: 0,
        capped: false,
      });
      await subject.memberships.changeMembership(last, me, { archived: true });
      expect(await subject.heads.countUnread(me, 2)).toEqual({
        conversations: 1,
        messages: 2,
        mentions: 0,
        threads: 0,
        capped: true,
      });
      await subject.memberships.clearHistory(second, me);
      expect(await subject.heads.countUnread(me)).toEqual({
        conversations: 1,
        messages: 1,
        mentions: 0,
        threads: 0,
        capped: false,
      });
      expect(await subject.heads.countUnread(await signUp(subject))).toEqual({
        conversations: 0,
        messages: 0,
        mentions: 0,
        threads: 0,
        capped: false,
      });
    });

    it('returns nothing for other conversations, and nothing for an empty list', async () => {
      const [mine = '', left = ''] = await startAt([INSTANT, INSTANT]);
      await subject.removeMember(left, me);
      const asked = [left, await converse(subject, other), mine, randomUUID()];
      const found = await subject.heads.findHeads(me, asked);
      expect(found.map(({ conversationId }) => conversationId)).toEqual([mine]);
      expect(await subject.heads.findHeads(me, [])).toEqual([]);
    });
  });
}
