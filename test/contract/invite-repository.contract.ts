import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConversationChange,
  conversationDeletion,
  memberRemoval,
  roleChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { InviteDraft, NewInvite } from '../../src/arch/modules/chat/domain/models/invite.model.js';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

const DRAFT: InviteDraft = { expiresInSeconds: 60, maxUses: 2, history: 'all' };

export function describeInviteRepositoryContract(name: string, make: MakeChatSubject): void {
  describe(`InviteRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let admin: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await make();
      [owner, admin] = [await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, admin);
      await subject.setRole(conversationId, admin, 'admin');
    });
    afterAll(() => subject.close());

    const invite = (draft: Partial<InviteDraft> = {}, by = owner) =>
      subject.invites.createInvite(conversationId, by, { ...DRAFT, ...draft });
    const openIds = async () => (await subject.invites.findOpenInvites(conversationId)).map(({ id }) => id);
    const find = ({ token }: NewInvite) => subject.invites.findInviteByToken(token);
    const change = (...changes: ConversationChange[]) =>
      subject.change.change(conversationId, owner, () => changes);

    it('creates an invite whose token leads to it', async () => {
      const { token, ...created } = await invite({ history: 'none', expiresInSeconds: 3_600 });
      expect(created).toMatchObject({ createdBy: owner, maxUses: 2, uses: 0, history: 'none' });
      expect(created.expiresAt.getTime() - created.createdAt.getTime()).toBe(3_600_000);
      expect(await subject.invites.findInviteByToken(token)).toEqual({
        id: created.id,
        conversationId,
        history: 'none',
        isSpent: false,
      });
      expect(await subject.invites.findOpenInvites(conversationId)).toEqual([created]);
    });

    it('gives each its own token, and other texts lead to nothing', async () => {
      const [one, two] = [await invite(), await invite()];
      expect(one.token).not.toBe(two.token);
      for (const token of ['', 'x', `${one.token}A`, one.token.slice(1), randomUUID()])
        expect(await subject.invites.findInviteByToken(token)).toBeNull();
    });

    it('lists and counts those of one conversation, newest first', async () => {
      const ids = [(await invite()).id, (await invite({}, admin)).id, (await invite()).id];
      const other = await converse(subject, owner);
      await subject.invites.createInvite(other, owner, DRAFT);
      expect(await openIds()).toEqual(ids.toReversed());
      expect(await subject.invites.countOpenInvites(conversationId)).toBe(3);
      expect(await subject.invites.countOpenInvites(randomUUID())).toBe(0);
    });

    it('counts uses up to the last one; a spent invite is known, and not open', async () => {
      const created = await invite();
      expect(await subject.invites.countUse(created.id)).toBe(true);
      expect(await subject.invites.findOpenInvites(conversationId)).toMatchObject([{ uses: 1 }]);
      expect(await subject.invites.countUse(created.id)).toBe(true);
      expect(await subject.invites.countUse(created.id)).toBe(false);
      expect(await find(created)).toMatchObject({ isSpent: true });
      expect([await openIds(), await subject.invites.countOpenInvites(conversationId)]).toEqual([[], 0]);
    });

    it('an expired invite is as if it were not there', async () => {
      const [expired, other] = [await invite(), await invite()];
      await subject.expireInvite(expired.id);
      expect([await find(expired), await subject.invites.countUse(expired.id)]).toEqual([null, false]);
      expect([await openIds(), await subject.invites.countOpenInvites(conversationId)]).toEqual([
        [other.id],
        1,
      ]);
    });

    it('revokes an invite of the conversation, and does nothing where there is none', async () => {
      const [revoked, other] = [await invite(), await invite()];
      await subject.invites.deleteInvite(await converse(subject, owner), revoked.id);
      expect(await find(revoked)).not.toBeNull();
      for (const id of [revoked.id, revoked.id, randomUUID()])
        await subject.invites.deleteInvite(conversationId, id);
      expect([await find(revoked), await subject.invites.countUse(revoked.id)]).toEqual([null, false]);
      expect(await openIds()).toEqual([other.id]);
    });

    it.each(['left', 'removed', 'banned', 'account_deleted'] as const)(
      'ends with the membership of its maker: %s',
      async (reason) => {
        const [ended, other] = [await invite({}, admin), await invite()];
        await change(memberRemoval(admin, reason, null));
        expect([await find(ended), await openIds()]).toEqual([null, [other.id]]);
      },
    );

    it('ends when its maker becomes a member, and does not come back with the role', async () => {
      const [ended, other] = [await invite({}, admin), await invite()];
      await change(roleChange(admin, 'member'));
      await change(roleChange(admin, 'admin'));
      expect([await find(ended), await openIds()]).toEqual([null, [other.id]]);
    });

    it('stays when its maker is an admin instead of the owner, or the owner instead of an admin', async () => {
      const ids = [(await invite()).id, (await invite({}, admin)).id];
      await change(roleChange(owner, 'admin'), roleChange(admin, 'owner'));
      expect(await openIds()).toEqual(ids.toReversed());
    });

    it('ends with the conversation', async () => {
      const created = await invite();
      await change(conversationDeletion([owner, admin]));
      expect(await find(created)).toBeNull();
    });
  });
}
