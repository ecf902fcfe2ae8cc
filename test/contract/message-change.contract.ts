import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { MessageNotFoundError } from '../../src/arch/modules/chat/domain/errors/message-not-found.error.js';
import { messageCreated } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import type {
  LockedMessage,
  MessageChange,
} from '../../src/arch/modules/chat/domain/models/message-change.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import { converse, openDirect, say, signUp } from './chat-subject.js';
import type { InterruptibleSubject, LostCommit } from './interruptible-subject.js';

const edit = (content: string): MessageChange => ({ kind: 'edited', content, keepsEarlier: true });

export function describeMessageChangeContract(name: string, make: () => Promise<InterruptibleSubject>): void {
  describe(`MessageChangePort on ${name}`, () => {
    let subject: InterruptibleSubject;
    let owner: string;
    let other: string;
    let conversationId: string;
    let messages: Message[];

    beforeAll(async () => {
      subject = await make();
      [owner, other] = [await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, other);
      await say(subject, conversationId, owner, 3);
      messages = await history();
      subject.live.published.length = 0;
    });
    afterAll(() => subject.close());

    const history = async () => (await subject.messages.findRange(conversationId, 1, 100)).data.toReversed();
    const idOf = (seq: number) => messages[seq - 1]?.id ?? '';
    const change = (seq: number, decided: MessageChange | null, actorId = owner) =>
      subject.messageChange.change(conversationId, actorId, idOf(seq), () => decided);
    const head = () => subject.conversations.findById(conversationId);
    const published = () => subject.live.published.flatMap((event) => ('rev' in event ? event.rev : []));
    const expectNothing = async () => {
      expect(await history()).toEqual(messages);
      expect(await head()).toMatchObject({ rev: 3, lastSeq: 3 });
      expect(subject.live.published).toEqual([]);
    };
    const send = async () => {
      const draft = { conversationId, senderId: other, content: 'Hello!' };
      subject.live.publish(messageCreated((await subject.messages.create(draft)).message));
    };
    const editSecond = () => change(2, edit('New'));
    /** Edits the second message while the answer to COMMIT is lost. */
    const interrupt = async (outcome: LostCommit, meanwhile?: () => Promise<unknown>) => {
      const failure = await subject.interrupt(outcome, conversationId, editSecond, meanwhile);
      expect(failure).toBeInstanceOf(UnavailableError);
      expect(failure).toMatchObject({ outcome: 'unknown' });
    };

    it('stores an edit under the next rev, and publishes the whole message', async () => {
      const before = await head();
      const edited = await change(2, edit('New'));
      expect(edited).toEqual({ ...messages[1], content: 'New', rev: 4, editedAt: expect.any(Date) });
      expect(await history()).toEqual([messages[0], edited, messages[2]]);
      // Neither the activity nor anybody's unread messages move.
      expect(await head()).toEqual({ ...before, rev: 4 });
      const event = { kind: 'message_updated', conversationId, rev: 4, change: 'edited', actorId: owner };
      expect(subject.live.published).toEqual([{ ...event, message: edited }]);
      expect((await subject.changes.findChanges(conversationId, other, 3, 10))?.messages).toEqual([edited]);
      await say(subject, conversationId, other, 1);
      expect(await head()).toMatchObject({ rev: 5, lastSeq: 4 });
    });

    it('pins a message for all, and unpins it', async () => {
      const pinned = await change(1, { kind: 'pinned' }, other);
      expect(pinned).toEqual({ ...messages[0], rev: 4, pinnedAt: expect.any(Date), pinnedBy: other });
      expect(await history()).toEqual([pinned, messages[1], messages[2]]);
      const unpinned = await change(1, { kind: 'unpinned' });
      expect(unpinned).toEqual({ ...messages[0], rev: 5 });
      expect(await history()).toEqual([unpinned, messages[1], messages[2]]);
      expect(subject.live.published).toMatchObject([
        { rev: 4, change: 'pinned', actorId: other, message: pinned },
        { rev: 5, change: 'unpinned', actorId: owner, message: unpinned },
      ]);
    });

    it('of a deleted message nothing stays but its place and whose it was', async () => {
      await subject.decorate(conversationId, 3, {
        replyToSeq: 1,
        mentions: [other],
        mentionsAll: true,
        metadata: { colour: 'blue' },
        reactions: [{ emoji: '👍', count: 1, userIds: [other] }],
      });
      await change(3, { kind: 'pinned' });
      await change(3, edit('Edited'));
      const [, , { replyTo } = {}] = await history();
      const deleted = await change(3, { kind: 'deleted' }, other);
      expect(deleted).toEqual({
        ...messages[2],
        content: '',
        rev: 6,
        replyTo: { id: idOf(1), seq: 1, senderId: owner, excerpt: '1' },
        editedAt: expect.any(Date),
        deletedAt: expect.any(Date),
        deletedBy: other,
      });
      expect(deleted.replyTo).toEqual(replyTo);
      expect(await history()).toEqual([messages[0], messages[1], deleted]);
      expect(subject.live.published.at(-1)).toMatchObject({ rev: 6, change: 'deleted', message: deleted });
      expect(await head()).toMatchObject({ lastSeq: 3, rev: 6 });
    });

    it('decides on the message as the actor sees it, and on what is around it', async () => {
      const asked: LockedMessage[] = [];
      const before = new Date();
      const answer = await subject.messageChange.change(conversationId, other, idOf(2), (found) => {
        asked.push(found);
        return null;
      });
      expect(answer).toEqual(messages[1]);
      expect(asked).toMatchObject([
        { conversation: await head(), actorRole: 'member', message: messages[1], isBlocked: false },
      ]);
      expect(Math.abs((asked[0]?.now.getTime() ?? 0) - before.getTime())).toBeLessThan(60_000);
      await expectNothing();
    });

    it.each([
      ['who is no member', async () => signUp(subject)],
      ['to whom it is hidden', async () => memberWithoutHistory()],
    ] as const)('%s is shown no message, and can change none', async (_, somebody) => {
      const actorId = await somebody();
      const { rev } = (await head()) ?? {};
      subject.live.published.length = 0;
      let found: LockedMessage | undefined;
      const attempt = subject.messageChange.change(conversationId, actorId, idOf(1), (locked) => {
        found = locked;
        return edit('Foreign');
      });
      await expect(attempt).rejects.toThrow(MessageNotFoundError);
      expect(found?.message).toBeNull();
      expect(await history()).toEqual(messages);
      expect(await head()).toMatchObject({ rev });
      expect(subject.live.published).toEqual([]);
    });

    it('does not find a message in another conversation', async () => {
      const elsewhere = await converse(subject, owner, other);
      const foreign = subject.messageChange.change(elsewhere, owner, idOf(1), () => edit('Foreign'));
      await expect(foreign).rejects.toThrow(MessageNotFoundError);
      const unknown = subject.messageChange.change(conversationId, owner, randomUUID(), () => edit('None'));
      await expect(unknown).rejects.toThrow(MessageNotFoundError);
      const nowhere = subject.messageChange.change(randomUUID(), owner, idOf(1), () => edit('None'));
      await expect(nowhere).rejects.toThrow(ConversationNotFoundError);
      await expectNothing();
    });

    const memberWithoutHistory = async () => {
      const userId = await signUp(subject);
      await subject.change.change(
        conversationId,
        owner,
        () => [
          {
            kind: 'member_added',
            subjectId: userId,
            history: 'none',
            data: { id: userId, role: 'member' },
          },
        ],
        [userId],
      );
      return userId;
    };

    it('answers of a reply to a hidden message no more than its place, and publishes the whole', async () => {
      const newcomer = await memberWithoutHistory();
      await say(subject, conversationId, newcomer, 1);
      await subject.decorate(conversationId, 4, { replyToSeq: 2 });
      messages = await history();
      subject.live.published.length = 0;
      let found: LockedMessage | undefined;
      const answer = await subject.messageChange.change(conversationId, newcomer, idOf(4), (locked) => {
        found = locked;
        return edit('New');
      });
      expect(answer).toMatchObject({ content: 'New', replyTo: { id: idOf(2), seq: 2 } });
      expect(Object.keys(answer.replyTo ?? {})).toEqual(['id', 'seq']);
      expect(found?.message?.replyTo).toEqual(answer.replyTo);
      expect(subject.live.published).toMatchObject([{ message: { replyTo: { excerpt: '2' } } }]);
    });

    it('knows whether one of the two of a direct conversation has blocked the other', async () => {
      const direct = await openDirect(subject, owner, other);
      await say(subject, direct, owner, 1);
      const [message] = (await subject.messages.findRange(direct, 1, 1)).data;
      const isBlocked = async () => {
        let found: boolean | undefined;
        await subject.messageChange.change(direct, owner, message?.id ?? '', (locked) => {
          found = locked.isBlocked;
          return null;
        });
        return found;
      };
      expect(await isBlocked()).toBe(false);
      await subject.blockUser(other, owner);
      expect(await isBlocked()).toBe(true);
      // It concerns the two of them only.
      expect(await change(1, null)).toEqual(messages[0]);
    });

    it('what `decide` refuses changes nothing', async () => {
      const refused = subject.messageChange.change(conversationId, owner, idOf(1), () =>
        Promise.reject(new TypeError('No.')),
      );
      await expect(refused).rejects.toThrow('No.');
      await expectNothing();
    });

    it('of simultaneous changes each is decided on the state that the previous one has stored', async () => {
      const seen: (string | undefined)[] = [];
      const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
      await Promise.all(
        texts.map((text) =>
          subject.messageChange.change(conversationId, owner, idOf(1), ({ message }) => {
            seen.push(message?.content);
            return edit(text);
          }),
        ),
      );
      expect(seen).toEqual(['1', ...texts.slice(0, -1)]);
      expect((await history())[0]).toMatchObject({ content: texts.at(-1), rev: 13 });
      expect(published()).toEqual(texts.map((_, index) => index + 4));
    });

    it('changes and simultaneous messages share one rev without holes', async () => {
      const rounds = Array.from({ length: 8 }, (_, index) => [send(), change(1, edit(`text ${index}`))]);
      await Promise.all(rounds.flat());
      expect(published()).toEqual(Array.from({ length: 16 }, (_, index) => index + 4));
      expect(await head()).toMatchObject({ rev: 19, lastSeq: 11 });
    });

    describe('when the answer to COMMIT is lost', () => {
      it('a stored change is published once, before any later one', async () => {
        await interrupt('stored');
        await change(2, { kind: 'deleted' });
        expect(subject.live.published).toMatchObject([
          { kind: 'message_updated', rev: 4, change: 'edited', message: { content: 'New', rev: 4 } },
          { kind: 'message_updated', rev: 5, change: 'deleted', message: { content: '', rev: 5 } },
        ]);
      });

      it('a change that was not stored is not published, and its rev is given to the next one', async () => {
        await interrupt('undone');
        await expectNothing();
        await change(2, edit('Later'));
        expect(subject.live.published).toMatchObject([{ rev: 4, message: { content: 'Later' } }]);
      });

      it('nor is it when another node has given its rev to the same message since', async () => {
        await interrupt('undone', () => subject.raiseRev(conversationId, 2));
        expect((await history())[1]).toMatchObject({ content: '2', rev: 4 });
        expect(subject.live.published).toEqual([]);
      });

      it('a stored change that somebody has overtaken is not published after the later one', async () => {
        await interrupt('stored', () => subject.raiseRev(conversationId, 2));
        expect((await history())[1]).toMatchObject({ content: 'New', rev: 5 });
        expect(subject.live.published).toEqual([]);
        await change(1, edit('Later'));
        expect(published()).toEqual([6]);
      });
    });
  });
}
