import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type { ThreadFollowersPort } from '../../src/arch/modules/chat/application/ports/thread-followers.port.js';
import { conversationDeletion } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { ThreadPage } from '../../src/arch/modules/chat/domain/models/thread-page.model.js';
import { addMember, type ChatSubject, converse, say, signUp } from './chat-subject.js';

export interface ThreadSubject extends ChatSubject {
  readonly followers: ThreadFollowersPort;
  /** Returns the new thread's id; nobody follows it. */
  openThread(parentId: string, rootSeq: number, openedBy: string): Promise<string>;
  /** Sends replies; nobody follows by that. */
  reply(threadId: string, senderId: string, count: number): Promise<void>;
}

const FAR = Number.MAX_SAFE_INTEGER;

const idsOf = ({ data }: ThreadPage) => data.map(({ thread }) => thread.id);

export function describeThreadFollowersContract(
  name: string,
  makeSubject: () => Promise<ThreadSubject>,
): void {
  describe(`ThreadFollowersPort on ${name}`, () => {
    let subject: ThreadSubject;
    let owner: string;
    let me: string;
    let parentId: string;
    let threadId: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [owner, me] = [await signUp(subject), await signUp(subject)];
      parentId = await converse(subject, owner, me);
      await say(subject, parentId, owner, 5);
      threadId = await subject.openThread(parentId, 2, owner);
    });
    afterAll(() => subject.close());

    const follow = (id = threadId, userId = me) => subject.followers.follow(id, userId);
    const followed = (isUnread?: boolean, userId = me) =>
      subject.followers.findFollowed({ userId, isUnread, limit: 100 });
    const mark = (seq: number, userId = me) => subject.memberships.markRead(threadId, userId, seq);
    const moveTo = (lastReadSeq: number) =>
      subject.memberships.changeMembership(threadId, me, { lastReadSeq });
    /** The unread replies of the one thread that is followed: in its list, in the answer to a mark, and whether the total counts it. */
    const unread = async () => {
      const [list, onlyUnread, marked, total] = await Promise.all([
        followed(),
        followed(true),
        mark(0),
        subject.heads.countUnread(me),
      ]);
      const [row] = list.data;
      expect(list.data).toHaveLength(1);
      expect(marked?.me).toMatchObject({ ...row?.me });
      const count = row?.me?.unreadCount ?? -1;
      expect([onlyUnread.data.length, total.threads]).toEqual(count > 0 ? [1, 1] : [0, 0]);
      return count;
    };

    it('lists a thread with the message that it began at, and what is unread', async () => {
      await follow();
      await subject.reply(threadId, owner, 3);
      const [listed] = (await followed()).data;
      const [root] = (await subject.messages.findRange(parentId, 2, 2)).data;
      expect(listed).toEqual({
        thread: expect.objectContaining({ id: threadId, type: 'thread', lastSeq: 3, memberCount: 2 }),
        root: expect.objectContaining({ id: root?.id, content: '2', seq: 2 }),
        me: { lastReadSeq: 0, unreadCount: 3, mentionCount: 0 },
      });
      const all = { conversationId: parentId, visibleFrom: 1, userId: me, limit: 100 };
      expect(await subject.followers.findOfConversation(all)).toEqual({ data: [listed], nextCursor: null });
    });

    it('members are shown with how far they have read the thread, which only followers have', async () => {
      await subject.reply(threadId, owner, 3);
      const positions = async (readerId: string) => {
        const { data } = await subject.members.findMemberPage(threadId, readerId, 100);
        return Object.fromEntries(data.map(({ userId, lastReadSeq }) => [userId, lastReadSeq]));
      };
      expect(await positions(owner)).toEqual({ [owner]: 0, [me]: 0 });
      await follow();
      expect(await positions(owner)).toEqual({ [owner]: 0, [me]: 3 });
      await subject.setReadReceipts(me, false);
      expect(await positions(owner)).toEqual({ [owner]: 0, [me]: 0 });
      expect(await positions(me)).toEqual({ [owner]: 0, [me]: 3 });
      await subject.setReadReceipts(me, true);
    });

    it('begins with everything read, and counts from there on', async () => {
      await subject.reply(threadId, owner, 2);
      expect(await follow()).toBe(true);
      expect(await unread()).toBe(0);
      await subject.reply(threadId, owner, 3);
      expect(await unread()).toBe(3);
      expect(await follow()).toBe(true);
      expect(await unread()).toBe(3);
    });

    it('a mark moves forward, at most to the newest reply, and tells whether it has moved', async () => {
      await follow();
      await subject.reply(threadId, owner, 5);
      expect(await mark(3)).toMatchObject({
        lastReadSeq: 3,
        moved: true,
        changed: true,
        showsReading: true,
        me: { role: 'member', lastReadSeq: 3, unreadCount: 2, visibleFromSeq: 1 },
      });
      expect(await mark(2)).toMatchObject({ lastReadSeq: 3, moved: false, changed: false });
      expect(await unread()).toBe(2);
      expect(await mark(FAR)).toMatchObject({ lastReadSeq: 5, moved: true, me: { unreadCount: 0 } });
      expect(await unread()).toBe(0);
    });

    it('of several simultaneous marks the furthest counts', async () => {
      await follow();
      await subject.reply(threadId, owner, 5);
      await Promise.all([2, 5, 1, 4, 3].map((seq) => mark(seq)));
      expect(await unread()).toBe(0);
    });

    it('marks as unread for the follower alone, until the position moves on', async () => {
      await follow();
      await subject.reply(threadId, owner, 5);
      await mark(4);
      const back = await moveTo(1);
      expect(back).toMatchObject({ lastReadSeq: 4, moved: false, changed: true, me: { lastReadSeq: 1 } });
      expect(await unread()).toBe(4);
      expect(await moveTo(1)).toMatchObject({ changed: false });
      const forth = await mark(2);
      expect(forth).toMatchObject({ lastReadSeq: 4, moved: false, changed: true });
      expect(forth?.me.version).toBeGreaterThan(back?.me.version ?? 0);
      expect(await unread()).toBe(3);
      expect(await moveTo(5)).toMatchObject({ lastReadSeq: 5, moved: true });
      expect(await unread()).toBe(0);
    });

    it('own replies count as read, also those that come after a mark as unread', async () => {
      await follow();
      await subject.reply(threadId, owner, 2);
      await subject.reply(threadId, me, 1);
      expect(await unread()).toBe(0);
      await moveTo(0);
      expect(await unread()).toBe(3);
      await subject.reply(threadId, owner, 1);
      expect(await unread()).toBe(4);
      await subject.reply(threadId, me, 1);
      expect(await unread()).toBe(0);
      await subject.reply(threadId, owner, 1);
      expect(await unread()).toBe(1);
    });

    it('to who does not follow everything is read, and a mark moves nothing', async () => {
      await subject.reply(threadId, owner, 3);
      const nothing = {
        lastReadSeq: 3,
        moved: false,
        changed: false,
        me: { lastReadSeq: 3, unreadCount: 0 },
      };
      expect(await mark(1)).toMatchObject(nothing);
      expect(await moveTo(0)).toMatchObject(nothing);
      expect(await followed()).toEqual({ data: [], nextCursor: null });
      expect((await subject.heads.countUnread(me)).threads).toBe(0);
      const all = { conversationId: parentId, visibleFrom: 1, userId: me, limit: 100 };
      expect((await subject.followers.findOfConversation(all)).data).toMatchObject([{ me: null }]);
    });

    it('ends with unfollowing, and a second time begins with everything read', async () => {
      await follow();
      await subject.reply(threadId, owner, 3);
      await subject.followers.unfollow(threadId, me);
      await subject.followers.unfollow(threadId, me);
      expect((await followed()).data).toEqual([]);
      await follow();
      expect(await unread()).toBe(0);
    });

    it('ends with the membership: who is added again follows nothing', async () => {
      await follow();
      await follow(threadId, owner);
      await subject.removeMember(parentId, me);
      expect((await followed()).data).toEqual([]);
      expect(await mark(1)).toBeNull();
      expect(await follow()).toBe(false);
      await addMember(subject, parentId, owner, me);
      expect((await followed()).data).toEqual([]);
      expect(idsOf(await followed(false, owner))).toEqual([threadId]);
      expect(await follow()).toBe(true);
    });

    it('ends with the conversation', async () => {
      await follow();
      await subject.change.change(parentId, owner, () => [conversationDeletion([owner, me])]);
      expect((await followed()).data).toEqual([]);
      expect([await follow(), await mark(1)]).toEqual([false, null]);
    });

    it('is not there for strangers, nor for members who do not see its root', async () => {
      const [stranger, late] = [await signUp(subject), await signUp(subject)];
      expect([await follow(threadId, stranger), await mark(1, stranger)]).toEqual([false, null]);
      expect(await follow(crypto.randomUUID())).toBe(false);
      await addMember(subject, parentId, owner, late);
      await subject.memberships.clearHistory(parentId, late);
      expect([await follow(threadId, late), await mark(1, late)]).toEqual([false, null]);
    });

    it('shows and counts nothing of a thread whose root the follower has cleared', async () => {
      await follow();
      await say(subject, parentId, owner, 1);
      await subject.reply(threadId, owner, 2);
      await subject.memberships.clearHistory(parentId, me);
      await say(subject, parentId, owner, 1);
      const later = await subject.openThread(parentId, 7, owner);
      await follow(later);
      await subject.reply(later, owner, 1);
      expect(idsOf(await followed())).toEqual([later]);
      expect(idsOf(await followed(true))).toEqual([later]);
      expect((await subject.heads.countUnread(me)).threads).toBe(1);
      expect(await mark(2)).toBeNull();
      const all = { conversationId: parentId, visibleFrom: 7, userId: me, limit: 100 };
      expect(idsOf(await subject.followers.findOfConversation(all))).toEqual([later]);
    });

    it('the total leaves out threads of archived and muted conversations, and says when there are more', async () => {
      const other = await subject.openThread(parentId, 3, owner);
      for (const id of [threadId, other]) {
        await follow(id);
        await subject.reply(id, owner, 1);
      }
      expect(await subject.heads.countUnread(me)).toMatchObject({ threads: 2, capped: false });
      expect(await subject.heads.countUnread(me, 1)).toMatchObject({ threads: 1, capped: true });
      await subject.memberships.changeMembership(parentId, me, { archived: true });
      expect((await subject.heads.countUnread(me)).threads).toBe(0);
      const mutedUntil = new Date(Date.now() + 60_000);
      await subject.memberships.changeMembership(parentId, me, { archived: false, mutedUntil });
      expect((await subject.heads.countUnread(me)).threads).toBe(0);
    });

    it('readers of a reply are the followers who have read it and show that', async () => {
      const [late, hidden] = [await signUp(subject), await signUp(subject)];
      for (const id of [late, hidden]) await addMember(subject, parentId, owner, id);
      for (const id of [me, owner, hidden]) await follow(threadId, id);
      await subject.reply(threadId, owner, 2);
      await follow(threadId, late);
      const [first] = (await subject.messages.findRange(threadId, 1, 1)).data;
      const readers = async (userId = owner) => {
        const messageId = first?.id ?? '';
        const page = await subject.readers.findReaders({
          conversationId: threadId,
          messageId,
          userId,
          limit: 9,
        });
        return page && [page.count, page.data.map(({ id }) => id)];
      };
      expect(await readers()).toEqual([0, []]);
      for (const id of [me, hidden]) await mark(2, id);
      await subject.setReadReceipts(hidden, false);
      expect(await readers()).toEqual([1, [me]]);
      expect(await readers(hidden)).toEqual([1, [hidden]]);
      await moveTo(0);
      expect(await readers()).toEqual([1, [me]]);
      await subject.followers.unfollow(threadId, me);
      expect(await readers()).toEqual([0, []]);
      expect(await readers(await signUp(subject))).toBeNull();
    });

    it('lists by pages, last activity first, across conversations', async () => {
      const elsewhere = await converse(subject, owner, me);
      await say(subject, elsewhere, owner, 9);
      const ids = [threadId];
      for (let seq = 1; seq <= 9; seq += 1) ids.push(await subject.openThread(elsewhere, seq, owner));
      for (const id of ids) {
        await follow(id);
        await subject.reply(id, owner, 1);
      }
      await subject.setActivity(threadId, (Date.now() - 3_600_000) * 1_000);
      const expected = [...ids.slice(1).toReversed(), ...ids.slice(0, 1)];
      const found: string[] = [];
      let cursor: string | undefined;
      for (let page = 1; page <= 4; page += 1) {
        const { data, nextCursor } = await subject.followers.findFollowed({ userId: me, limit: 3, cursor });
        found.push(...data.map(({ thread }) => thread.id));
        expect([data.length, nextCursor === null]).toEqual(page < 4 ? [3, false] : [1, true]);
        cursor = nextCursor ?? undefined;
      }
      expect(found).toEqual(expected);
      const ofConversation: string[] = [];
      cursor = undefined;
      for (let page = 1; page <= 5; page += 1) {
        const request = { conversationId: elsewhere, visibleFrom: 1, userId: me, limit: 2, cursor };
        const { data, nextCursor } = await subject.followers.findOfConversation(request);
        ofConversation.push(...idsOf({ data, nextCursor }));
        cursor = nextCursor ?? undefined;
      }
      expect([ofConversation, cursor]).toEqual([ids.slice(1).toReversed(), undefined]);
    });

    it.each(['made up', '', 'bTA'])('refuses the cursor %j', async (cursor) => {
      await expect(subject.followers.findFollowed({ userId: me, limit: 1, cursor })).rejects.toThrow(
        CursorInvalidError,
      );
      const request = { conversationId: parentId, visibleFrom: 1, userId: me, limit: 1, cursor };
      await expect(subject.followers.findOfConversation(request)).rejects.toThrow(CursorInvalidError);
    });
  });
}
