import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import { CannotRemoveReactionError } from '../../src/arch/modules/chat/domain/errors/cannot-remove-reaction.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { MessageDeletedError } from '../../src/arch/modules/chat/domain/errors/message-deleted.error.js';
import { MessageNotFoundError } from '../../src/arch/modules/chat/domain/errors/message-not-found.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { PostingRestrictedError } from '../../src/arch/modules/chat/domain/errors/posting-restricted.error.js';
import { TooManyReactionsError } from '../../src/arch/modules/chat/domain/errors/too-many-reactions.error.js';
import { UserNotReachableError } from '../../src/arch/modules/chat/domain/errors/user-not-reachable.error.js';
import { memberRemoval } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import {
  OWN_REACTIONS_MAX,
  REACTION_KINDS_MAX,
  toReactionKind,
} from '../../src/arch/modules/chat/domain/models/reaction.model.js';
import { converse, openDirect, say, signUp } from './chat-subject.js';
import type { InterruptibleSubject, LostCommit } from './interruptible-subject.js';

export function describeMessageReactionsContract(
  name: string,
  make: () => Promise<InterruptibleSubject>,
): void {
  describe(`MessageReactionsPort on ${name}`, () => {
    let subject: InterruptibleSubject;
    let owner: string;
    let other: string;
    let crowd: string[];
    let conversationId: string;
    let messages: Message[];

    beforeAll(async () => {
      subject = await make();
      [owner, other] = [await signUp(subject), await signUp(subject)];
      crowd = [];
      for (let index = 0; index < 25; index += 1) crowd.push(await signUp(subject));
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other, ...crowd);
      await say(subject, conversationId, owner, 3);
      messages = await history();
      subject.live.endSecond();
      subject.live.published.length = 0;
    });
    afterAll(() => subject.close());

    const history = async () => (await subject.messages.findRange(conversationId, 1, 100)).data.toReversed();
    const idOf = (seq: number) => messages[seq - 1]?.id ?? '';
    const draftOf = (seq: number, emoji: string, userId: string, added: boolean, actorId = userId) => ({
      conversationId,
      messageId: idOf(seq),
      actorId,
      userId,
      added,
      ...toReactionKind(emoji),
    });
    const react = (seq: number, emoji: string, userId = other) =>
      subject.reactions.react(draftOf(seq, emoji, userId, true), false);
    const takeBack = (seq: number, emoji: string, userId = other, actorId = userId) =>
      subject.reactions.react(draftOf(seq, emoji, userId, false, actorId), false);
    const summary = async (seq: number) => (await history())[seq - 1]?.reactions;
    const rev = async () => (await subject.conversations.findById(conversationId))?.rev;
    const updates = () => subject.live.published.filter(({ kind }) => kind === 'message_updated');
    const changed = () =>
      subject.live.published.flatMap((event) => (event.kind === 'message_updated' ? [event] : []));
    const deltas = () => updates().flatMap((event) => ('delta' in event && event.delta ? event.delta : []));
    const rows = async (seq: number, key?: string, limit = 100) => {
      const place = { conversationId, messageId: idOf(seq), visibleFrom: 1, key, limit };
      return (await subject.reactions.findReactions({ ...place, cursor: undefined }))?.data ?? [];
    };
    const hideHistory = async () => {
      const userId = await signUp(subject);
      const added = {
        kind: 'member_added',
        subjectId: userId,
        history: 'none',
        data: { id: userId, role: 'member' },
      } as const;
      await subject.change.change(conversationId, owner, () => [added], [userId]);
      return userId;
    };

    const interrupt = async (outcome: LostCommit, meanwhile?: () => Promise<unknown>) => {
      const failure = await subject.interrupt(outcome, conversationId, () => react(2, '👍'), meanwhile);
      expect(failure).toBeInstanceOf(UnavailableError);
      expect(failure).toMatchObject({ outcome: 'unknown' });
    };
    const publishedKinds = () => subject.live.published.map(({ kind }) => kind);

    it('gives a reaction under the next rev, and publishes the message and what is the own', async () => {
      const reacted = await react(2, '👍');
      const message = { ...messages[1], rev: 4, reactions: [{ emoji: '👍', count: 1, userIds: [other] }] };
      expect(reacted).toEqual({ ...message, ownReactions: ['👍'] });
      expect(await history()).toEqual([messages[0], message, messages[2]]);
      expect(subject.live.published).toEqual([
        {
          kind: 'message_updated',
          conversationId,
          rev: 4,
          change: 'reactions',
          actorId: other,
          message,
          delta: [{ userId: other, emoji: '👍', added: true }],
        },
        {
          kind: 'me_updated',
          conversationId,
          userId: other,
          own: [{ messageId: idOf(2), rev: 4, emojis: ['👍'] }],
          socketId: undefined,
        },
      ]);
      await say(subject, conversationId, other, 1);
      expect(await subject.conversations.findById(conversationId)).toMatchObject({ rev: 5, lastSeq: 4 });
    });

    it('takes a reaction back: nothing is left of it', async () => {
      await react(2, '👍');
      const answer = await takeBack(2, '👍');
      expect(answer).toEqual({ ...messages[1], rev: 5 });
      expect(await rows(2)).toEqual([]);
      expect(deltas()).toMatchObject([{ added: true }, { userId: other, emoji: '👍', added: false }]);
      subject.live.endSecond();
      expect(subject.live.published.at(-1)).toMatchObject({
        own: [{ messageId: idOf(2), rev: 5, emojis: [] }],
      });
    });

    it('what is there already, or is not there, changes nothing', async () => {
      const first = await react(2, '👍');
      expect(await react(2, '👍')).toEqual(first);
      expect(await takeBack(2, '🎉')).toEqual(first);
      expect(await takeBack(1, '👍')).toEqual(messages[0]);
      expect(await rev()).toBe(4);
      expect(updates()).toHaveLength(1);
    });

    it('the kinds stay in the order of first use, each with the users in the order of time', async () => {
      for (const [emoji, userId] of [
        ['👍', owner],
        ['🎉', other],
        ['👍', other],
        ['zz', owner],
        ['aa', owner],
      ] as const) {
        await react(2, emoji, userId);
      }
      await takeBack(2, '👍', owner);
      expect(await summary(2)).toEqual([
        { emoji: '👍', count: 1, userIds: [other] },
        { emoji: '🎉', count: 1, userIds: [other] },
        { emoji: 'zz', count: 1, userIds: [owner] },
        { emoji: 'aa', count: 1, userIds: [owner] },
      ]);
      await takeBack(2, '🎉');
      await react(2, '🎉', owner);
      expect((await summary(2))?.map(({ emoji }) => emoji)).toEqual(['👍', 'zz', 'aa', '🎉']);
      expect((await react(2, '❤', owner)).ownReactions).toEqual(['zz', 'aa', '🎉', '❤']);
    });

    it('the forms of one emoji are one kind, shown as it was first sent', async () => {
      await react(2, '❤\ufe0f', owner);
      const reacted = await react(2, '❤', other);
      expect(reacted.reactions).toEqual([{ emoji: '❤\ufe0f', count: 2, userIds: [owner, other] }]);
      expect(reacted.ownReactions).toEqual(['❤\ufe0f']);
      expect(await takeBack(2, '❤\ufe0e', owner)).toMatchObject({ reactions: [{ count: 1 }] });
      await takeBack(2, '❤', other);
      expect(await react(2, '❤', other)).toMatchObject({ reactions: [{ emoji: '❤', count: 1 }] });
    });

    it('the forms of one emoji are one kind also when they come at the same time', async () => {
      const forms = ['❤\ufe0f', '❤', '❤\ufe0e'];
      const own = await Promise.all([react(3, 'x'), ...forms.map((form) => react(2, form))]);
      expect(own.at(-1)?.ownReactions).toHaveLength(1);
      expect(await summary(2)).toEqual([{ emoji: '❤\ufe0f', count: 1, userIds: [other] }]);
      expect(await rows(2)).toHaveLength(1);
      await Promise.all([react(3, 'y'), ...forms.map((form) => takeBack(2, form))]);
      expect(await summary(2)).toBeUndefined();
    });

    it('words that objects of JavaScript have are kinds like others', async () => {
      for (const word of ['__proto__', 'constructor', 'toString', '0']) await react(2, word, owner);
      expect((await summary(2))?.map(({ emoji }) => emoji)).toEqual([
        '__proto__',
        'constructor',
        'toString',
        '0',
      ]);
      expect((await takeBack(2, '__proto__', owner)).ownReactions).toEqual(['constructor', 'toString', '0']);
    });

    it('reactions at the same time are counted exactly, by message and kind; the rows are the truth', async () => {
      await react(1, '👍', owner);
      await Promise.all([
        ...crowd.map((userId) => react(1, '👍', userId)),
        ...crowd.map((userId) => react(1, '🎉', userId)),
        ...crowd.slice(0, 5).map((userId) => react(2, '👍', userId)),
        takeBack(1, '👍', owner),
        // Each on what those before it leave.
        react(3, '👍', owner),
        takeBack(3, '👍', owner),
      ]);
      expect(await summary(1)).toEqual([
        { emoji: '👍', count: 25, userIds: crowd.slice(0, 20) },
        { emoji: '🎉', count: 25, userIds: crowd.slice(0, 20) },
      ]);
      expect(await summary(2)).toEqual([{ emoji: '👍', count: 5, userIds: crowd.slice(0, 5) }]);
      expect(await summary(3)).toBeUndefined();
      expect(await rows(1)).toHaveLength(50);
      const revs = updates().map((event) => ('rev' in event ? event.rev : 0));
      expect(revs).toEqual(Array.from(revs, (_, index) => index + 4));
      expect(await rev()).toBe(revs.at(-1));
      const stored = await history();
      const latest = [1, 2].map((seq) =>
        updates().findLast((event) => 'message' in event && event.message.seq === seq),
      );
      expect(latest).toMatchObject([{ message: stored[0] }, { message: stored[1] }]);
      // Who has reacted next is shown in place of who takes it back.
      await Promise.all([crowd[0], crowd[7], crowd[24]].map((userId) => takeBack(1, '👍', userId)));
      const left = crowd.filter((_, index) => ![0, 7, 24].includes(index));
      expect((await summary(1))?.[0]).toEqual({ emoji: '👍', count: 22, userIds: left.slice(0, 20) });
    });

    it('an event names all that has changed, or nothing of it; of several users nobody', async () => {
      await Promise.all(crowd.slice(0, 10).map((userId) => react(1, '👍', userId)));
      for (const { actorId, delta } of changed()) {
        expect(actorId).toBe(delta?.length === 1 ? delta[0]?.userId : null);
      }
      expect(deltas()).toEqual(crowd.slice(0, 10).map((userId) => ({ userId, emoji: '👍', added: true })));
      subject.live.published.length = 0;
      await Promise.all(
        crowd.flatMap((userId) => [react(1, 'a', userId), react(1, 'b', userId), react(1, 'c', userId)]),
      );
      for (const { delta } of changed()) expect(delta?.length ?? 51).toBeGreaterThan(0);
    });

    it(`a message has ${REACTION_KINDS_MAX} kinds, and a user ${OWN_REACTIONS_MAX} reactions to it`, async () => {
      const kinds = Array.from({ length: REACTION_KINDS_MAX }, (_, index) => `k${index}`);
      await Promise.all(
        kinds.map((kind, index) => react(1, kind, crowd[Math.floor(index / OWN_REACTIONS_MAX)])),
      );
      await expect(react(1, 'k50', other)).rejects.toThrow(TooManyReactionsError);
      await expect(react(1, 'k40', crowd[0])).rejects.toThrow(TooManyReactionsError);
      expect(await rev()).toBe(updates().length + 3);
      await react(1, 'k0', other);
      await takeBack(1, 'k49', crowd[2]);
      expect((await react(1, 'k50', other)).reactions).toHaveLength(REACTION_KINDS_MAX);
      // In one batch the last place is given once.
      await takeBack(1, 'k48', crowd[2]);
      const both = [react(1, 'new', other), react(1, 'newer', other)];
      expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    });

    it.each([
      ['of who is no member', NotConversationMemberError, async () => react(1, '👍', await signUp(subject))],
      ['to a hidden message', MessageNotFoundError, async () => react(1, '👍', await hideHistory())],
      [
        'to a message of another conversation',
        MessageNotFoundError,
        async () => {
          const elsewhere = await converse(subject, owner, other);
          const draft = { ...draftOf(1, '👍', other, true), conversationId: elsewhere };
          return subject.reactions.react(draft, false);
        },
      ],
      [
        'in no conversation',
        ConversationNotFoundError,
        async () =>
          subject.reactions.react({ ...draftOf(1, '👍', other, true), conversationId: randomUUID() }, false),
      ],
      [
        'where only admins may write',
        PostingRestrictedError,
        async () => {
          await subject.restrict(conversationId, { posting: 'admins' });
          return react(1, '👍');
        },
      ],
      ['removed by a member', CannotRemoveReactionError, async () => takeBack(1, '👍', owner, other)],
    ])('a reaction %s is refused, and changes nothing', async (_, expected, attempt) => {
      await expect(attempt()).rejects.toThrow(expected);
      expect(await history()).toEqual(messages);
      expect(updates()).toEqual([]);
    });

    it('a refused one does not disturb those that are stored with it', async () => {
      const stranger = await signUp(subject);
      const all = await Promise.allSettled([react(1, '👍'), react(1, '👍', stranger), react(1, '👍', owner)]);
      expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await summary(1)).toEqual([{ emoji: '👍', count: 2, userIds: [other, owner] }]);
    });

    it('slow mode does not hold; a restriction holds neither for admins nor for taking back', async () => {
      await react(1, '👍');
      await subject.restrict(conversationId, { posting: 'admins', slowModeSeconds: 3_600 });
      await react(1, '🎉', owner);
      await takeBack(1, '👍');
      expect(await summary(1)).toMatchObject([{ emoji: '🎉' }]);
    });

    it('who is blocked in a direct conversation does not react there', async () => {
      const direct = await openDirect(subject, owner, other);
      await say(subject, direct, owner, 1);
      const [message] = (await subject.messages.findRange(direct, 1, 1)).data;
      const draft = {
        ...draftOf(1, '👍', other, true),
        conversationId: direct,
        messageId: message?.id ?? '',
      };
      await subject.reactions.react(draft, false);
      await subject.blockUser(owner, other);
      const again = subject.reactions.react({ ...draft, ...toReactionKind('🎉') }, false);
      await expect(again).rejects.toThrow(UserNotReachableError);
      const answer = await subject.reactions.react({ ...draft, added: false }, false);
      expect(answer.reactions).toBeUndefined();
    });

    it('owner and admins remove the reactions of others, whose own they were', async () => {
      await react(1, '👍');
      await react(1, '🎉');
      await subject.setRole(conversationId, crowd[0] ?? '', 'admin');
      const answer = await takeBack(1, '👍', other, crowd[0]);
      expect(answer).toMatchObject({ reactions: [{ emoji: '🎉', userIds: [other] }] });
      expect(answer.ownReactions).toBeUndefined();
      expect(updates().at(-1)).toMatchObject({
        actorId: crowd[0],
        delta: [{ userId: other, emoji: '👍', added: false }],
      });
      subject.live.endSecond();
      expect(subject.live.published.at(-1)).toMatchObject({
        kind: 'me_updated',
        userId: other,
        own: [{ rev: 6, emojis: ['🎉'] }],
      });
    });

    it('with a message its reactions are deleted, and it takes none any more', async () => {
      await react(1, '👍');
      await subject.messageChange.change(conversationId, owner, idOf(1), () => ({ kind: 'deleted' }));
      expect(await rows(1)).toEqual([]);
      expect(await summary(1)).toBeUndefined();
      await expect(react(1, '👍')).rejects.toThrow(MessageDeletedError);
      await expect(takeBack(1, '👍')).rejects.toThrow(MessageDeletedError);
    });

    it('reactions beside the deletion of their message leave no row', async () => {
      const all = await Promise.allSettled([
        ...crowd.slice(0, 10).map((userId) => react(1, '👍', userId)),
        subject.messageChange.change(conversationId, owner, idOf(1), () => ({ kind: 'deleted' })),
        ...crowd.slice(10).map((userId) => react(1, '👍', userId)),
      ]);
      const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      for (const reason of refused) expect(reason).toBeInstanceOf(MessageDeletedError);
      expect(await rows(1)).toEqual([]);
      expect(await summary(1)).toBeUndefined();
    });

    it('nobody reacts after the removal, however close to it', async () => {
      const leaver = crowd[0] ?? '';
      const removal = memberRemoval(leaver, 'removed', null);
      const others = Array.from({ length: 20 }, (_, index) => react(1, `o${index}`, crowd[index + 1]));
      const before = ['a', 'b', 'c'].map((emoji) => react(1, emoji, leaver));
      const removed = subject.change.change(conversationId, owner, () => [removal], [leaver]);
      const after = ['d', 'e', 'f'].map((emoji) => react(1, emoji, leaver));
      const settled = await Promise.allSettled([...others, ...before, removed, ...after]);
      const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      for (const reason of refused) expect(reason).toBeInstanceOf(NotConversationMemberError);
      const left = subject.live.published.find(({ kind }) => kind === 'member_removed');
      const end = left && 'rev' in left ? left.rev : 0;
      expect(end).toBeGreaterThan(3);
      for (const event of changed()) {
        const isOfLeaver = event.delta?.some(({ userId }) => userId === leaver) === true;
        expect(isOfLeaver && event.rev > end).toBe(false);
      }
      await expect(react(1, 'late', leaver)).rejects.toThrow(NotConversationMemberError);
    });

    it('the own reactions come with pages, windows and changes, and nobody else’s', async () => {
      await react(1, '👍');
      await react(1, '🎉');
      await react(2, '👍', owner);
      const { messages: repository, changes, timeline } = subject;
      const found = [
        (await repository.findByConversation(conversationId, 1, 10, 1, other)).data,
        (await repository.findRange(conversationId, 1, 3, 1, other)).data,
        (await changes.findChanges(conversationId, other, 0, 10))?.messages ?? [],
        (await timeline.findChanges(conversationId, other, 0, 10))?.items ?? [],
      ];
      for (const list of found) {
        const own = list.flatMap((one) => ('ownReactions' in one ? [[one.seq, one.ownReactions]] : []));
        expect(own).toEqual([[1, ['👍', '🎉']]]);
      }
      expect((await repository.findByConversation(conversationId, 1, 10, 1)).data).toEqual(
        (await history()).toReversed(),
      );
    });

    it('the own reactions come with pins and mentions, and nobody else’s', async () => {
      for (const seq of [4, 5]) {
        const draft = { conversationId, senderId: owner, content: `${seq}`, extras: { mentionsAll: true } };
        const { message } = await subject.messages.create(draft);
        await subject.messageChange.change(conversationId, owner, message.id, () => ({ kind: 'pinned' }));
      }
      messages = await history();
      await react(4, '👍');
      await react(4, '🎉');
      await react(5, '👍', owner);
      const place = { conversationId, visibleFrom: 1, limit: 10 };
      for (const [readerId, own] of [
        [other, [undefined, ['👍', '🎉']]],
        [owner, [['👍'], undefined]],
        [crowd[0] ?? '', [undefined, undefined]],
      ] as const) {
        const pinned = await subject.pins.findPins({ ...place, readerId });
        const mentioned = await subject.mentions.findPage(readerId, 2);
        for (const { data } of [pinned, mentioned])
          expect(data.map(({ ownReactions }) => ownReactions)).toEqual(own);
      }
    });

    it('lists who has reacted how, by pages', async () => {
      const place = { conversationId, messageId: idOf(1), visibleFrom: 1, limit: 4 };
      for (const [emoji, userId] of [
        ['👍', owner],
        ['👍', other],
        ['🎉', other],
        ['🎉', owner],
        ['❤', owner],
        ['❤', crowd[0]],
        ['❤', crowd[1]],
      ] as const) {
        await react(1, emoji, userId);
      }
      const read = async (key?: string) => {
        const found: string[] = [];
        let pages = 0;
        let cursor: string | null | undefined;
        for (let left = 5; cursor !== null && left > 0; left -= 1) {
          const page = await subject.reactions.findReactions({ ...place, key, cursor });
          expect(page?.data.length).toBeLessThanOrEqual(4);
          for (const { user, emoji } of page?.data ?? []) found.push(`${emoji} ${user.id}`);
          cursor = page?.nextCursor ?? null;
          pages += 1;
        }
        return { found, pages };
      };
      const all = await read();
      expect(all.pages).toBe(2);
      expect(new Set(all.found).size).toBe(7);
      const hearts = await read('❤');
      expect(hearts.found.toSorted()).toEqual([owner, crowd[0], crowd[1]].map((id) => `❤ ${id}`).toSorted());
      expect((await read('none')).found).toEqual([]);
      expect((await rows(1))[0]).toEqual({
        user: { id: expect.any(String), displayName: 'Somebody', avatarUrl: null },
        emoji: expect.any(String),
        createdAt: expect.any(Date),
      });
      const hidden = { ...place, visibleFrom: 2, key: undefined, cursor: undefined };
      expect(await subject.reactions.findReactions(hidden)).toBeNull();
      const foreign = { ...hidden, visibleFrom: 1, conversationId: randomUUID() };
      expect(await subject.reactions.findReactions(foreign)).toBeNull();
    });

    describe('when the answer to COMMIT is lost', () => {
      it('stored reactions are published once, before any later change', async () => {
        await interrupt('stored');
        await react(2, '🎉', owner);
        expect(updates()).toMatchObject([
          { rev: 4, message: { reactions: [{ emoji: '👍' }] }, delta: [{ userId: other }] },
          { rev: 5, message: { reactions: [{ emoji: '👍' }, { emoji: '🎉' }] }, delta: [{ userId: owner }] },
        ]);
        expect(publishedKinds().filter((kind) => kind === 'me_updated')).toHaveLength(2);
      });

      it('those that were not stored are not, and their rev is given to the next one', async () => {
        await interrupt('undone');
        expect(subject.live.published).toEqual([]);
        expect(await history()).toEqual(messages);
        await react(2, '🎉', owner);
        expect(updates()).toMatchObject([{ rev: 4, message: { reactions: [{ emoji: '🎉' }] } }]);
      });

      it('of a message that somebody has changed since, only the own reactions are', async () => {
        await interrupt('stored', () => subject.raiseRev(conversationId, 2));
        expect(subject.live.published).toMatchObject([
          { kind: 'me_updated', own: [{ messageId: idOf(2), rev: 4, emojis: ['👍'] }] },
        ]);
      });
    });
  });
}
