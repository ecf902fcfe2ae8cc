import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import {
  type ConversationChange,
  conversationDeletion,
  type LockedConversation,
  memberAddition,
  memberRemoval,
  roleChange,
  settingsChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { metadataFaults } from '../../src/arch/modules/chat/domain/models/metadata.model.js';
import { messageCreated } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import { converse, openDirect, say, signUp } from './chat-subject.js';
import type { InterruptibleSubject } from './interruptible-subject.js';

export function describeConversationChangeContract(
  name: string,
  make: () => Promise<InterruptibleSubject>,
): void {
  describe(`ConversationChangePort on ${name}`, () => {
    let subject: InterruptibleSubject;
    let owner: string;
    let other: string;
    let newcomers: readonly [string, string, ...string[]];
    let conversationId: string;

    beforeAll(async () => {
      subject = await make();
      [owner, other] = [await signUp(subject), await signUp(subject)];
      const [first, second] = [await signUp(subject, 'First'), await signUp(subject, 'Second')];
      const others = await Promise.all(Array.from({ length: 8 }, () => signUp(subject)));
      newcomers = [first, second, ...others];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
      subject.live.published.length = 0;
    });
    afterAll(() => subject.close());

    const add = (...userIds: string[]) =>
      subject.change.change(
        conversationId,
        owner,
        () => userIds.map((userId) => memberAddition(userId, 'member')),
        userIds,
      );
    const head = () => subject.conversations.findById(conversationId);
    const logged = async () =>
      (await subject.logOf(conversationId)).map(({ rev, subjectId }) => [rev, subjectId]);
    const roles = async () =>
      (await subject.members.findMembersByConversation(conversationId)).map(({ userId, role }) => [
        userId,
        role,
      ]);
    /** The published `rev`s, in their order. */
    const published = () => subject.live.published.flatMap((each) => ('rev' in each ? each.rev : []));
    const expectNothing = async () => {
      expect(await head()).toMatchObject({ rev: 0, memberCount: 2 });
      expect(await subject.membersRev(conversationId)).toBe(0);
      expect(await subject.logOf(conversationId)).toEqual([]);
      expect(subject.live.published).toEqual([]);
    };

    it('stores the decided change under the next rev, with a row of the log, and publishes it', async () => {
      await say(subject, conversationId, other, 3);
      const [first] = newcomers;
      const [added, ...more] = await add(first);
      expect(more).toEqual([]);
      expect(added).toMatchObject({
        kind: 'member_added',
        conversationId,
        rev: 4,
        actorId: owner,
        result: {
          member: { userId: first, displayName: 'First', role: 'member', lastReadSeq: 3 },
          conversation: { id: conversationId, rev: 4, memberCount: 3, me: { unreadCount: 0 } },
        },
      });
      expect(await head()).toMatchObject({ lastSeq: 3, rev: 4, memberCount: 3 });
      expect(await subject.membersRev(conversationId)).toBe(4);
      expect(await subject.logOf(conversationId)).toEqual([
        {
          rev: 4,
          kind: 'member_added',
          actorId: owner,
          subjectId: first,
          afterSeq: 3,
          data: { id: first, role: 'member' },
        },
      ]);
      const { member, conversation } = added?.result ?? {};
      expect(subject.live.published).toEqual([
        { kind: 'member_added', conversationId, rev: 4, member },
        { kind: 'conversation_added', userId: first, conversation },
      ]);
    });

    it('knows whether one of the two of a direct conversation has blocked the other', async () => {
      const [one, two] = newcomers;
      const direct = await openDirect(subject, one, two);
      const isBlocked = async (id: string) => {
        let found: boolean | undefined;
        await subject.change.change(id, one, (locked) => {
          found = locked.isBlocked;
          return [];
        });
        return found;
      };
      expect(await isBlocked(direct)).toBe(false);
      await subject.blockUser(two, one);
      expect(await isBlocked(direct)).toBe(true);
      const group = await converse(subject, one, two);
      expect(await isBlocked(group)).toBe(false);
    });

    it('takes former members out of the room before the events of the same transaction', async () => {
      const { evictions, published: events } = subject.live;
      evictions.length = 0;
      const [first, second] = newcomers;
      await add(first, second);
      expect(evictions).toEqual([]);
      const before = events.length;
      await subject.change.change(conversationId, owner, () => [
        memberRemoval(first, 'removed', null),
        memberRemoval(second, 'left', null),
      ]);
      await subject.change.change(conversationId, owner, () => [conversationDeletion([owner, other])]);
      const evicted = (rev: number, userId: string | null, after: number) => ({
        eviction: { conversationId, rev, userId },
        after: before + after,
      });
      expect(evictions).toEqual([evicted(3, first, 0), evicted(4, second, 0), evicted(5, null, 4)]);
    });

    it('answers when the nodes have taken former members out', async () => {
      const answer = Promise.withResolvers<void>();
      const evict = vi.spyOn(subject.live, 'evict').mockReturnValue(answer.promise);
      let isAnswered = false;
      const changed = subject.change
        .change(conversationId, owner, () => [memberRemoval(other, 'removed', null)])
        .then(() => (isAnswered = true));
      await vi.waitFor(() => expect(subject.live.published).not.toEqual([]));
      // The next change does not wait for it.
      const [first] = newcomers;
      await add(first);
      expect(isAnswered).toBe(false);
      answer.resolve();
      await changed;
      evict.mockRestore();
    });

    it('several changes take a rev each, in the order in which they were decided', async () => {
      const [first, second] = newcomers;
      const added = await add(second, first);
      expect(added.map(({ rev, result }) => [rev, result.conversation.rev, result.member.userId])).toEqual([
        [1, 1, second],
        [2, 2, first],
      ]);
      expect(await logged()).toEqual([
        [1, second],
        [2, first],
      ]);
      expect(published()).toEqual([1, 2]);
      expect(await head()).toMatchObject({ rev: 2, memberCount: 4 });
    });

    it('passes the conversation, the role of the actor and the subjects to the decision', async () => {
      const [first] = newcomers;
      const gone = randomUUID();
      const seen: LockedConversation[] = [];
      const decideAs = (actorId: string) =>
        subject.change.change(
          conversationId,
          actorId,
          (found) => {
            seen.push(found);
            return [];
          },
          [other, first, gone],
        );
      await say(subject, conversationId, owner, 2);
      await subject.setRole(conversationId, other, 'admin');
      await decideAs(owner);
      await decideAs(first);
      const subjects = new Map([
        [other, 'admin'],
        [first, null],
      ]);
      const conversation = { id: conversationId, lastSeq: 2, rev: 2, memberCount: 2 };
      expect(seen).toMatchObject([
        { conversation, actorRole: 'owner' },
        { conversation, actorRole: null },
      ]);
      for (const found of seen) expect(found.subjects).toEqual(subjects);
    });

    it('waits for a decision that reads repositories, which see the locked state', async () => {
      const [first] = newcomers;
      await subject.change.change(conversationId, owner, async () => {
        const isMember = await subject.members.isMember(conversationId, other);
        return isMember ? [memberAddition(first, 'admin')] : [];
      });
      expect((await roles()).at(-1)).toEqual([first, 'admin']);
    });

    it.each([
      ['throws', () => Promise.reject(new Error('Refused.'))],
      [
        'throws at once',
        () => {
          throw new Error('Refused.');
        },
      ],
    ])('a decision that %s changes nothing, and rejects with that', async (_, decide) => {
      await expect(subject.change.change(conversationId, owner, decide)).rejects.toThrow('Refused.');
      await expectNothing();
      await add(newcomers[0]);
      expect(published()).toEqual([1]);
    });

    it('a decision without changes takes no rev', async () => {
      expect(await subject.change.change(conversationId, owner, () => [])).toEqual([]);
      await expectNothing();
    });

    it('refuses a conversation that does not exist, and decides nothing', async () => {
      let decided = 0;
      const decide = () => {
        decided += 1;
        return [];
      };
      const change = subject.change.change(randomUUID(), owner, decide);
      await expect(change).rejects.toThrow(ConversationNotFoundError);
      expect(decided).toBe(0);
    });

    it('when an owner leaves, the heir becomes owner under the same rev', async () => {
      await subject.change.change(conversationId, owner, () => [
        memberRemoval(owner, 'account_deleted', other),
      ]);
      expect(await roles()).toEqual([[other, 'owner']]);
      expect(await head()).toMatchObject({ rev: 1, memberCount: 1 });
      expect(await subject.membersRev(conversationId)).toBe(1);
      expect(await subject.logOf(conversationId)).toEqual([
        {
          rev: 1,
          kind: 'member_removed',
          actorId: owner,
          subjectId: owner,
          afterSeq: 0,
          data: { reason: 'account_deleted', heirId: other },
        },
      ]);
      expect(subject.live.published).toEqual([
        {
          kind: 'member_removed',
          conversationId,
          rev: 1,
          userId: owner,
          actorId: owner,
          reason: 'account_deleted',
          heirId: other,
        },
      ]);
    });

    it('a transfer takes two revs: the demotion, then the promotion', async () => {
      const stored = await subject.change.change(conversationId, owner, () => [
        roleChange(owner, 'admin'),
        roleChange(other, 'owner'),
      ]);
      expect(stored.map(({ rev, result }) => [rev, result.member.userId, result.member.role])).toEqual([
        [1, owner, 'admin'],
        [2, other, 'owner'],
      ]);
      expect(Object.fromEntries(await roles())).toEqual({ [owner]: 'admin', [other]: 'owner' });
      expect(await subject.membersRev(conversationId)).toBe(2);
      expect(await subject.logOf(conversationId)).toMatchObject([
        { rev: 1, kind: 'member_updated', subjectId: owner, data: { id: owner, role: 'admin' } },
        { rev: 2, kind: 'member_updated', subjectId: other, data: { id: other, role: 'owner' } },
      ]);
      expect(published()).toEqual([1, 2]);
    });

    it.each([
      ['is promoted', () => [roleChange(owner, 'admin'), roleChange(other, 'owner')]],
      ['inherits', () => [memberRemoval(owner, 'left', other)]],
    ] as const)('a member who %s sees a newer version of its own membership', async (_, decide) => {
      await subject.change.change(conversationId, owner, (): readonly ConversationChange[] => decide());
      const own = await subject.members.findConversationOfUser(other, conversationId);
      expect(own?.me).toMatchObject({ role: 'owner', version: 1 });
    });

    it('changed settings are those of the conversation from then on, and the log has the changed ones', async () => {
      const changed = {
        title: 'New',
        metadata: { b: [1, { c: null }], a: 1e300 },
        posting: 'admins',
        adding: 'all',
        slowModeSeconds: 30,
      } as const;
      const [stored] = await subject.change.change(conversationId, owner, () => [settingsChange(changed)]);
      expect(stored).toMatchObject({
        rev: 1,
        result: { conversation: { id: conversationId, rev: 1, ...changed } },
      });
      expect(await head()).toMatchObject({ ...changed, rev: 1, memberCount: 2 });
      expect(await subject.membersRev(conversationId)).toBe(0);
      const summary = await subject.members.findConversationOfUser(other, conversationId);
      expect(summary).toMatchObject(changed);
      expect(await subject.logOf(conversationId)).toEqual([
        { rev: 1, kind: 'conversation_updated', actorId: owner, subjectId: null, afterSeq: 0, data: changed },
      ]);
      expect(subject.live.published).toMatchObject([
        { kind: 'conversation_updated', rev: 1, actorId: owner, changed, conversation: { title: 'New' } },
      ]);
      const back = { title: null, metadata: null };
      await subject.change.change(conversationId, owner, () => [settingsChange(back)]);
      expect(await head()).toMatchObject({ ...back, posting: 'admins', adding: 'all', slowModeSeconds: 30 });
      expect((await subject.logOf(conversationId))[1]).toMatchObject({ rev: 2, data: back });
    });

    it('the largest settings fit into the log', async () => {
      const metadata = { a: Array.from({ length: 2_044 }, () => 1) };
      expect(metadataFaults(metadata)).toEqual([]);
      const title = '😀'.repeat(255);
      await subject.change.change(conversationId, owner, () => [settingsChange({ title, metadata })]);
      expect(await head()).toMatchObject({ title, metadata });
    });

    it('a deletion ends all memberships, and the conversation does not exist any more', async () => {
      await say(subject, conversationId, owner, 2);
      expect(await subject.conversations.exists(conversationId)).toBe(true);
      const ids = await subject.members.findIdsOfMembers(conversationId);
      expect(ids).toEqual([owner, other].toSorted());
      const [stored] = await subject.change.change(conversationId, owner, () => [conversationDeletion(ids)]);
      expect(stored).toMatchObject({ kind: 'conversation_deleted', rev: 3, result: null });
      expect(await subject.logOf(conversationId)).toEqual([
        { rev: 3, kind: 'conversation_deleted', actorId: owner, subjectId: null, afterSeq: 2, data: {} },
      ]);
      expect(subject.live.published).toEqual(
        ids.map((userId) => ({ kind: 'conversation_removed', userId, conversationId, reason: 'deleted' })),
      );
      expect(await head()).toBeNull();
      expect(await subject.members.findIdsOfMembers(conversationId)).toEqual([]);
      for (const userId of ids) {
        await expect(subject.members.isMember(conversationId, userId)).rejects.toThrow(
          ConversationNotFoundError,
        );
        expect(await subject.members.findConversationOfUser(userId, conversationId)).toBeNull();
        expect(await subject.heads.findHeads(userId, [conversationId])).toEqual([]);
        expect(await subject.changes.findChanges(conversationId, userId, 0, 10)).toBeNull();
      }
      await expect(add(newcomers[0])).rejects.toThrow(ConversationNotFoundError);
    });

    it('of two simultaneous deletions one is stored, and the other finds no conversation', async () => {
      const remove = () =>
        subject.change.change(conversationId, owner, () => [conversationDeletion([owner, other])]);
      const [first, second] = await Promise.allSettled([remove(), remove()]);
      expect(first).toMatchObject({ status: 'fulfilled' });
      expect(second).toMatchObject({ status: 'rejected', reason: expect.any(ConversationNotFoundError) });
      expect(await subject.logOf(conversationId)).toHaveLength(1);
    });

    it('of simultaneous changes each is decided on the state that the previous one has stored', async () => {
      const counts: number[] = [];
      const changes = newcomers.map((userId) =>
        subject.change.change(conversationId, owner, ({ conversation }) => {
          counts.push(conversation.memberCount);
          return [memberAddition(userId, 'member')];
        }),
      );
      const revs = (await Promise.all(changes)).flatMap((stored) => stored.map(({ rev }) => rev));
      expect(revs.toSorted((a, b) => a - b)).toEqual(newcomers.map((_, index) => index + 1));
      expect(counts).toEqual(newcomers.map((_, index) => index + 2));
      expect(published()).toEqual(revs.toSorted((a, b) => a - b));
      expect(await logged()).toHaveLength(newcomers.length);
    });

    it('changes and simultaneous messages share one rev without holes, and the log has the place of each', async () => {
      const sent: { seq: number; rev: number }[] = [];
      const send = async () => {
        const { message } = await subject.messages.create({
          conversationId,
          senderId: owner,
          content: 'Hello!',
        });
        subject.live.publish(messageCreated(message));
        sent.push(message);
      };
      await Promise.all(newcomers.flatMap((userId) => [send(), add(userId)]));
      const log = await subject.logOf(conversationId);
      const all = [...sent, ...log].map(({ rev }) => rev).toSorted((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(published()).toEqual(all);
      for (const { rev, afterSeq } of log)
        expect(afterSeq).toBe(sent.filter((message) => message.rev < rev).length);
    });

    describe('when the answer to COMMIT is lost', () => {
      it('a stored change is published once, before any later one, with the rev of its row', async () => {
        const [first, second, third = ''] = newcomers;
        const failure = await subject.interrupt('stored', conversationId, () => add(first, second));
        expect(failure).toBeInstanceOf(UnavailableError);
        expect(failure).toMatchObject({ outcome: 'unknown' });
        await add(third);
        expect(published()).toEqual([1, 2, 3]);
        expect(subject.live.published.map(({ kind }) => kind)).toEqual(
          Array.from({ length: 3 }, () => ['member_added', 'conversation_added']).flat(),
        );
        expect(await logged()).toEqual([
          [1, first],
          [2, second],
          [3, third],
        ]);
      });

      it.each([
        [
          'a removal',
          () => [memberRemoval(other, 'removed', null)],
          ['member_removed', 'conversation_removed'],
        ],
        [
          'a transfer',
          () => [roleChange(owner, 'admin'), roleChange(other, 'owner')],
          ['member_updated', 'member_updated'],
        ],
        ['new settings', () => [settingsChange({ title: 'New' })], ['conversation_updated']],
        ['a deletion', () => [conversationDeletion([owner])], ['conversation_removed']],
      ] as const)(
        'of %s that was stored the events are emitted, and of one that was not none are',
        async (_, decide, kinds) => {
          const change = () =>
            subject.change.change(conversationId, owner, (): readonly ConversationChange[] => decide());
          expect(await subject.interrupt('undone', conversationId, change)).toBeInstanceOf(UnavailableError);
          await expectNothing();
          expect(await subject.interrupt('stored', conversationId, change)).toBeInstanceOf(UnavailableError);
          expect(subject.live.published.map(({ kind }) => kind)).toEqual(kinds);
        },
      );

      it('a change that was not stored is not published, and its rev is given to the next one', async () => {
        const [first, second] = newcomers;
        const failure = await subject.interrupt('undone', conversationId, () => add(first));
        expect(failure).toBeInstanceOf(UnavailableError);
        await expectNothing();
        await add(second);
        expect(await logged()).toEqual([[1, second]]);
        expect(published()).toEqual([1]);
      });
    });
  });
}
