import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeMessageReadersContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageReadersPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let others: string[];
    let conversationId: string;
    let messageId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject, 'Ada');
      others = [
        await signUp(subject, 'Bob'),
        await signUp(subject, 'Eve'),
        await signUp(subject, 'Dan'),
      ].toSorted();
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, ...others);
      await send(owner);
      messageId = await send(owner);
    });
    afterAll(() => subject.close());

    const send = async (senderId: string) =>
      (await subject.messages.create({ conversationId, senderId, content: 'x' })).message.id;
    const read = async (...users: readonly (string | undefined)[]) => {
      for (const user of users) await subject.memberships.markRead(conversationId, String(user), 2);
    };
    const find = (more: { limit?: number; cursor?: string; userId?: string; messageId?: string } = {}) =>
      subject.readers.findReaders({
        conversationId,
        messageId,
        userId: owner,
        limit: 10,
        ...more,
      });
    const ids = async (more?: { limit?: number; cursor?: string }) =>
      (await find(more))?.data.map(({ id }) => id);

    it('finds nobody before somebody has read, and never the sender', async () => {
      expect(await find()).toEqual({ data: [], count: 0, nextCursor: null });
      await subject.memberships.markRead(conversationId, String(others[0]), 1);
      expect(await ids()).toEqual([]);
    });

    it('finds whose position has reached it, as they are shown, also by sending', async () => {
      await read(others[1]);
      await send(String(others[2]));
      expect(await ids()).toEqual([others[1], others[2]]);
      expect((await find())?.data[0]).toEqual({
        id: others[1],
        displayName: expect.stringMatching(/^(Bob|Eve|Dan)$/),
        avatarUrl: null,
      });
    });

    it('a reader stays one who marks the message as unread, or clears the history', async () => {
      await read(others[0], others[1]);
      await subject.memberships.changeMembership(conversationId, String(others[0]), { lastReadSeq: 0 });
      await subject.memberships.clearHistory(conversationId, String(others[1]));
      expect(await ids()).toEqual([others[0], others[1]]);
    });

    it('who joins later starts with everything read, and is no reader of it', async () => {
      const late = await signUp(subject);
      await addMember(subject, conversationId, owner, late);
      expect(await ids()).toEqual([]);
      messageId = await send(owner);
      await subject.memberships.markRead(conversationId, late, 3);
      expect(await ids()).toEqual([late]);
    });

    it.each([1, 2, 3])('pages of %i show every reader once, each with the number of all', async (limit) => {
      await read(...others);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 4; pages += 1) {
        const page = await find({ limit, ...(cursor !== undefined && { cursor }) });
        expect(page?.count).toBe(3);
        seen.push(...(page?.data.map(({ id }) => id) ?? []));
        if (page?.nextCursor == null) break;
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(others);
    });

    it('has no message that is hidden, none of another conversation, and none that there is not', async () => {
      const userId = String(others[0]);
      expect(await find({ userId })).not.toBeNull();
      await subject.memberships.clearHistory(conversationId, userId);
      expect(await find({ userId })).toBeNull();
      expect(await find({ userId, messageId: await send(owner) })).not.toBeNull();
      expect(await find({ messageId: randomUUID() })).toBeNull();
      conversationId = await converse(subject, owner);
      expect(await find()).toBeNull();
    });

    it('has nothing for a user who is not a member', async () => {
      expect(await find({ userId: await signUp(subject) })).toBeNull();
    });

    it('refuses a cursor that it did not issue', async () => {
      await expect(find({ cursor: 'x' })).rejects.toThrow(CursorInvalidError);
    });
  });
}
