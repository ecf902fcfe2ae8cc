import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

const FOR_EVER = { until: null, reason: null };

export function describeBanRepositoryContract(name: string, make: MakeChatSubject): void {
  describe(`BanRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let others: string[];
    let conversationId: string;

    beforeAll(async () => {
      subject = await make();
      owner = await signUp(subject);
      others = await Promise.all(['Ada', 'Bob', 'Cleo'].map((who) => signUp(subject, who)));
      others.sort();
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner);
    });
    afterAll(() => subject.close());

    const ban = (userId = '', draft: { until: Date | null; reason: string | null } = FOR_EVER) =>
      subject.bans.storeBan(conversationId, userId, owner, draft);
    const banned = async () =>
      (await subject.bans.findBans(conversationId, 100)).data.map(({ userId }) => userId);

    it('stores a ban of one user in one conversation, which shows whom it is about', async () => {
      const [first = ''] = others;
      const until = new Date(Date.now() + 60_000);
      expect(await ban(first, { until, reason: 'Advertising' })).toBe(true);
      expect(await subject.bans.isBanned(conversationId, first)).toBe(true);
      expect(await subject.bans.isBanned(conversationId, owner)).toBe(false);
      expect(await subject.bans.isBanned(await converse(subject, owner), first)).toBe(false);
      const page = await subject.bans.findBans(conversationId, 20);
      expect(page).toMatchObject({
        nextCursor: null,
        data: [{ userId: first, bannedBy: owner, until, reason: 'Advertising' }],
      });
      expect(Object.keys(page.data[0] ?? {}).toSorted()).toEqual([
        'avatarUrl',
        'bannedBy',
        'createdAt',
        'displayName',
        'reason',
        'until',
        'userId',
      ]);
    });

    it('replaces the ban of the same user', async () => {
      const [first = ''] = others;
      await ban(first, { until: new Date(Date.now() + 60_000), reason: 'One' });
      await subject.bans.storeBan(conversationId, first, others[1] ?? '', { until: null, reason: null });
      expect((await subject.bans.findBans(conversationId, 20)).data).toMatchObject([
        { bannedBy: others[1], until: null, reason: null },
      ]);
    });

    it('does not store one that has expired, and leaves an earlier one as it is', async () => {
      const [first = ''] = others;
      expect(await ban(first, { until: new Date(Date.now() - 1_000), reason: null })).toBe(false);
      expect(await banned()).toEqual([]);
      await ban(first);
      expect(await ban(first, { until: new Date(0), reason: 'Late' })).toBe(false);
      expect(await banned()).toEqual([first]);
    });

    it('lifts a ban, and does nothing where there is none', async () => {
      const [first = '', second = ''] = others;
      for (const userId of [first, second]) await ban(userId);
      for (let n = 0; n < 2; n += 1) await subject.bans.deleteBan(conversationId, first);
      expect(await banned()).toEqual([second]);
    });

    it('lifts the bans of a deleted account in all conversations', async () => {
      const [first = '', second = ''] = others;
      const other = await converse(subject, owner);
      await subject.bans.storeBan(other, first, owner, FOR_EVER);
      for (const userId of [first, second]) await ban(userId);
      await subject.bans.deleteBansOf(first);
      expect([await banned(), await subject.bans.isBanned(other, first)]).toEqual([[second], false]);
    });

    it('lists by pages, in the order of ids', async () => {
      for (const userId of others.toReversed()) await ban(userId);
      const first = await subject.bans.findBans(conversationId, 2);
      expect(first.data.map(({ userId }) => userId)).toEqual(others.slice(0, 2));
      const second = await subject.bans.findBans(conversationId, 2, first.nextCursor ?? '');
      expect(second.data.map(({ userId }) => userId)).toEqual(others.slice(2));
      expect(second.nextCursor).toBeNull();
    });

    it.each(['', 'x', randomUUID(), Buffer.from('b').toString('base64url')])(
      'refuses the cursor %j',
      async (cursor) => {
        await expect(subject.bans.findBans(conversationId, 2, cursor)).rejects.toThrow(CursorInvalidError);
      },
    );

    it('takes part in the transaction of a change', async () => {
      const [first = ''] = others;
      const decide = async () => {
        await ban(first);
        throw new Error('Refused.');
      };
      await expect(subject.change.change(conversationId, owner, decide)).rejects.toThrow('Refused.');
      await subject.change.change(conversationId, owner, async () => {
        await ban(others[1]);
        return [];
      });
      expect(await banned()).toEqual([others[1]]);
    });
  });
}
