import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addMember,
  type ChatSubject,
  converse,
  type MakeChatSubject,
  openThread,
  say,
  signUp,
} from './chat-subject.js';

const COUNT = 23;
const FAR = Number.MAX_SAFE_INTEGER;

/** `from` down to `to`. */
const down = (from: number, to: number) =>
  Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);

export function describeMessageHistoryContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: reading`, () => {
    let subject: ChatSubject;
    let owner: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject, 'Ada');
      conversationId = await converse(subject, owner);
      const noise = await converse(subject, owner);
      await say(subject, noise, owner, 3);
      await say(subject, conversationId, owner, COUNT);
      await say(subject, noise, owner, 3);
    });
    afterAll(() => subject.close());

    it.each([1, 2, 5, 7, 22, 23, 24, 100])('pages of %i are exact, newest first', async (limit) => {
      const pages = Array.from({ length: Math.ceil(COUNT / limit) + 1 }, (_, index) => index + 1);
      const found = await Promise.all(
        pages.map((page) => subject.messages.findByConversation(conversationId, page, limit, 1)),
      );
      expect(found.map(({ data }) => data.map(({ seq }) => seq))).toEqual(
        pages.map((page) => down(COUNT - (page - 1) * limit, Math.max(1, COUNT - page * limit + 1))),
      );
      expect(found.map(({ total }) => total)).toEqual(pages.map(() => COUNT));
    });

    it.each([3, 1_000, 2 ** 31, 2 ** 32, FAR])('page %i, past the end, is empty', async (page) => {
      expect(await subject.messages.findByConversation(conversationId, page, 100, 1)).toEqual({
        data: [],
        total: COUNT,
        rev: COUNT,
      });
    });

    it.each([
      [1, COUNT],
      [20, 4],
      [COUNT, 1],
      [COUNT + 1, 0],
    ])('from message %i on, pages and their total have %i messages', async (visibleFrom, count) => {
      const page = (number: number, limit: number) =>
        subject.messages.findByConversation(conversationId, number, limit, visibleFrom);
      const { data, total } = await page(1, 100);
      expect([data.map(({ seq }) => seq), total]).toEqual([down(COUNT, visibleFrom), count]);
      const second = await page(2, 3);
      expect(second.data.map(({ seq }) => seq)).toEqual(down(COUNT - 3, Math.max(visibleFrom, COUNT - 5)));
    });

    it('pages and ranges hold whole messages', async () => {
      const [onPage] = (await subject.messages.findByConversation(conversationId, 1, 1, 1)).data;
      const [inRange] = (await subject.messages.findRange(conversationId, COUNT, COUNT)).data;
      expect(onPage).toEqual({
        id: expect.any(String),
        conversationId,
        senderId: owner,
        sender: { id: owner, displayName: 'Ada', avatarUrl: null },
        content: '23',
        createdAt: expect.any(Date),
        seq: COUNT,
        rev: COUNT,
        clientMessageId: null,
        editedAt: null,
        deletedAt: null,
      });
      expect(inRange).toEqual(onPage);
    });

    it.each([
      [1, COUNT],
      [1, 1],
      [COUNT, COUNT],
      [4, 9],
      [20, 100],
      [0, 2],
      [-5, 3],
      [20, FAR],
    ])('the range %i to %i includes both ends', async (from, to) => {
      const found = (await subject.messages.findRange(conversationId, from, to)).data;
      expect(found.map(({ seq }) => seq)).toEqual(down(Math.min(to, COUNT), Math.max(from, 1)));
    });

    it.each([
      [5, 4],
      [1, 0],
      [COUNT + 1, COUNT + 50],
      [FAR, FAR],
    ])('the range %i to %i is empty', async (from, to) => {
      expect((await subject.messages.findRange(conversationId, from, to)).data).toEqual([]);
    });

    it('a conversation without messages, and one that does not exist, have empty pages', async () => {
      const empty = { data: [], rev: 0, total: 0 };
      const none = { data: [], rev: 0, lastSeq: 0 };
      const silent = await converse(subject, owner);
      expect(await subject.messages.findByConversation(silent, 1, 20, 1)).toEqual(empty);
      expect(await subject.messages.findRange(silent, 1, 20)).toEqual(none);
      expect(await subject.messages.findByConversation(randomUUID(), 1, 20, 1)).toEqual(empty);
      expect(await subject.messages.findRange(randomUUID(), 1, 20)).toEqual(none);
    });

    it('pages and ranges have the head of the conversation, whatever they show of it', async () => {
      const id = await converse(subject, owner);
      const heads = async () => {
        const page = await subject.messages.findByConversation(id, 1, 1, 1);
        const window = await subject.messages.findRange(id, 2, 2);
        const nowhere = await subject.messages.findRange(id, 50, 60);
        const { rev } = (await subject.conversations.findById(id)) ?? { rev: -1 };
        expect([page.rev, window.rev, nowhere.rev]).toEqual([rev, rev, rev]);
        expect([window.lastSeq, nowhere.lastSeq]).toEqual([3, 3]);
        return rev;
      };
      await say(subject, id, owner, 3);
      expect(await heads()).toBe(3);
      await subject.raiseRev(id, 2);
      expect(await heads()).toBe(4);
      await addMember(subject, id, owner, await signUp(subject));
      expect(await heads()).toBe(5);
    });

    it('of a thread they have the head of the thread', async () => {
      const id = await converse(subject, owner);
      await say(subject, id, owner, 2);
      const threadId = await openThread(subject, id, 2, owner);
      await say(subject, threadId, owner, 1);
      expect((await subject.messages.findByConversation(threadId, 1, 1, 1)).rev).toBe(1);
      expect((await subject.messages.findRange(threadId, 1, 1)).rev).toBe(1);
    });
  });
}
