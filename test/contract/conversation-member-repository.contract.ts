import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { rounds } from '../support/rounds.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeConversationMemberRepositoryContract(
  name: string,
  makeSubject: MakeChatSubject,
): void {
  describe(`ConversationMemberRepositoryPort on ${name}: members`, () => {
    let subject: ChatSubject;
    let owner: string;
    let other: string;
    let newcomer: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject);
      other = await signUp(subject);
      newcomer = await signUp(subject);
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
    });
    afterAll(() => subject.close());

    const add = (requesterId: string, userId = newcomer) =>
      addMember(subject, conversationId, requesterId, userId);
    const head = async () => subject.conversations.findById(conversationId);
    const userIds = async () =>
      (await subject.members.findMembersByConversation(conversationId)).map(({ userId }) => userId);

    const among = (...ids: string[]) => subject.members.findMembersAmong(conversationId, ids);

    it('the first member owns the conversation, and the creation is no change', async () => {
      const members = await subject.members.findMembersByConversation(conversationId);
      expect(new Map(members.map(({ userId, role }) => [userId, role]))).toEqual(
        new Map([
          [owner, 'owner'],
          [other, 'member'],
        ]),
      );
      expect(await head()).toMatchObject({ rev: 0, memberCount: 2 });
      expect(await subject.membersRev(conversationId)).toBe(0);
    });

    it('adds no user without an account, neither at the creation nor later', async () => {
      await expect(add(owner, randomUUID())).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
      await expect(converse(subject, owner, randomUUID())).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
      expect(await head()).toMatchObject({ rev: 0, memberCount: 2 });
    });

    it('finds those of some users that are members', async () => {
      expect(await among(newcomer, other, randomUUID())).toEqual([other]);
      expect(new Set(await among(other, owner))).toEqual(new Set([owner, other]));
      expect(await among()).toEqual([]);
    });

    it('knows who is not a member', async () => {
      expect(await subject.members.isMember(conversationId, other)).toBe(true);
      expect(await subject.members.isMember(conversationId, newcomer)).toBe(false);
      expect(await subject.members.isMember(randomUUID(), owner)).toBe(false);
      await subject.removeMember(conversationId, other);
      expect(await subject.members.isMember(conversationId, other)).toBe(false);
    });

    it('knows a new member at once, also from the cache, whatever was looked up before', async () => {
      const { cached } = subject.members;
      expect(await cached.isMember(conversationId, other)).toBe(true);
      expect(await cached.isMember(conversationId, newcomer)).toBe(false);
      expect(await cached.isMember(randomUUID(), owner)).toBe(false);
      await add(owner);
      expect(await cached.isMember(conversationId, newcomer)).toBe(true);
      expect(await cached.isMember(conversationId, newcomer)).toBe(true);
    });

    it('lists those who joined in one instant by id, also when the owner has the last one', async () => {
      conversationId = await converse(subject, newcomer, other, owner);
      expect(await userIds()).toEqual([newcomer, other, owner].toSorted());
    });

    it('lists members in the order of joining, those of one instant by id', async () => {
      const later = await signUp(subject);
      await add(owner, later);
      await add(owner);
      expect(await userIds()).toEqual([...[owner, other].toSorted(), later, newcomer]);
      expect(await subject.members.findMembersByConversation(randomUUID())).toEqual([]);
    });

    it.each([1, 7, 100])('pages of %i show every member once, in the order of joining', async (limit) => {
      await subject.fill(conversationId, 28);
      await add(owner);
      const pages: (readonly string[])[] = [];
      let cursor: string | undefined;
      for (const _ of rounds(40)) {
        const page = await subject.members.findMemberPage(conversationId, randomUUID(), limit, cursor);
        pages.push(page.data.map(({ userId }) => userId));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(pages.flat()).toEqual(await userIds());
      expect(pages).toHaveLength(Math.ceil(29 / limit));
      expect(await subject.members.findMemberPage(randomUUID(), randomUUID(), limit)).toEqual({
        data: [],
        nextCursor: null,
      });
    });

    it('a member who joins while another one reads pages is on the last page', async () => {
      const { data, nextCursor } = await subject.members.findMemberPage(conversationId, randomUUID(), 1);
      await add(owner);
      const rest = await subject.members.findMemberPage(
        conversationId,
        randomUUID(),
        100,
        String(nextCursor),
      );
      expect([...data, ...rest.data].map(({ userId }) => userId)).toEqual([
        ...[owner, other].toSorted(),
        newcomer,
      ]);
    });

    it('refuses a cursor that it did not issue', async () => {
      const conversations = await subject.members.findConversationsByUser(owner, 1);
      for (const cursor of [
        '',
        'x',
        String(conversations.nextCursor),
        Buffer.from('m1|x').toString('base64url'),
      ]) {
        await expect(subject.members.findMemberPage(conversationId, randomUUID(), 1, cursor)).rejects.toThrow(
          CursorInvalidError,
        );
      }
    });

    it('finds all conversations of a member, in the order of ids', async () => {
      const ids = [await converse(subject, newcomer), await converse(subject, newcomer)];
      expect(await subject.members.findIdsOfUser(newcomer)).toEqual(expect.arrayContaining(ids));
      expect(await subject.members.findIdsOfUser(newcomer)).toEqual(
        (await subject.members.findIdsOfUser(newcomer)).toSorted(),
      );
      expect(await subject.members.findIdsOfUser(randomUUID())).toEqual([]);
    });

    it('finds the oldest member of each role, without one, in the order of joining', async () => {
      const [later, last] = [await signUp(subject), await signUp(subject)];
      await addMember(subject, conversationId, owner, later);
      await addMember(subject, conversationId, owner, last);
      const oldest = async (exceptId = owner) =>
        (await subject.members.findOldestOfEachRole(conversationId, exceptId)).map(
          ({ userId, role }) => `${userId} ${role}`,
        );
      expect(await oldest()).toEqual([`${other} member`]);
      expect(await oldest(other)).toEqual([`${owner} owner`, `${later} member`]);
      await subject.setRole(conversationId, last, 'admin');
      expect(await oldest()).toEqual([`${other} member`, `${last} admin`]);
      await subject.setRole(conversationId, later, 'admin');
      expect(await oldest()).toEqual([`${other} member`, `${later} admin`]);
      await subject.setRole(conversationId, other, 'admin');
      expect(await oldest()).toEqual([`${other} admin`]);
      expect(await subject.members.findOldestOfEachRole(await converse(subject, owner), owner)).toEqual([]);
    });
  });
}
