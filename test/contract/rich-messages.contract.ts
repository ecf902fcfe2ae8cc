import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationDeletion } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { MessageExtras } from '../../src/arch/modules/chat/domain/models/message-extras.model.js';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

/** The extras of a message as its readers see them. */
type Shown = ReturnType<typeof shown>;
const shown = ({ replyTo, mentions, mentionsAll, metadata }: Record<string, unknown>) => ({
  ...(replyTo !== undefined && { replyTo }),
  ...(mentions !== undefined && { mentions }),
  ...(mentionsAll !== undefined && { mentionsAll }),
  ...(metadata !== undefined && { metadata }),
});

/** `stored`, or the code. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'stored',
    (error) => error.code ?? error,
  );

export function describeRichMessagesContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MessageRepositoryPort on ${name}: what is sent besides the text`, () => {
    let subject: ChatSubject;
    let owner: string;
    let member: string;
    let stranger: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      [owner, member, stranger] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner, member);
    });
    afterAll(() => subject.close());

    const send = (
      senderId: string,
      extras: MessageExtras | undefined,
      { content = 'Hello!', clientMessageId, to = conversationId }: Sent = {},
    ) => subject.messages.create({ conversationId: to, senderId, content, clientMessageId, extras });
    interface Sent {
      readonly content?: string;
      readonly clientMessageId?: string;
      readonly to?: string;
    }
    const read = async (seq: number, visibleFrom = 1) =>
      (await subject.messages.findRange(conversationId, seq, seq, visibleFrom)).data[0];
    const remove = async (seq: number) => {
      const { id = '', senderId = '' } = (await read(seq)) ?? {};
      await subject.messageChange.change(conversationId, senderId, id, () => ({ kind: 'deleted' }));
    };
    const lastSeq = async () => (await subject.conversations.findById(conversationId))?.lastSeq;

    /** All that may be sent, with a target that is stored first. */
    const all = async (): Promise<MessageExtras> => {
      const { message } = await send(member, undefined);
      return {
        replyToId: message.id,
        mentions: [member],
        mentionsAll: true,
        metadata: { a: 1, b: { c: 2, d: 3 } },
      };
    };

    it('is answered and read as one, beside a plain message of the same batch', async () => {
      const { message: target } = await send(member, undefined, { content: 'é'.repeat(300) });
      const metadata = { b: [1.5, { c: null }], a: 'x', constructor: 'own', toString: { valueOf: 0 } };
      const extras = { replyToId: target.id, mentions: [member, owner], mentionsAll: true, metadata };
      const [rich, plain] = await Promise.all([send(owner, extras), send(member, undefined)]);
      const replyTo = { id: target.id, seq: 1, senderId: member, excerpt: 'é'.repeat(200) };
      const expected: Shown = { replyTo, mentions: [member, owner], mentionsAll: true, metadata };
      expect(shown({ ...rich.message })).toEqual(expected);
      expect(await read(2)).toEqual(rich.message);
      expect(shown({ ...plain.message })).toEqual({});
      expect(await read(3)).toEqual(plain.message);
      expect([rich.message.rev, plain.message.rev]).toEqual([2, 3]);
    });

    it('mentions members only, in the order in which they are named', async () => {
      const late = await signUp(subject);
      await subject.fill(conversationId, 5);
      const mentions = [stranger, member, randomUUID(), owner, late];
      expect((await send(owner, { mentions })).message.mentions).toEqual([member, owner]);
      const { message } = await send(owner, { mentions: [stranger] });
      expect(message).not.toHaveProperty('mentions');
      expect(await read(message.seq)).toEqual(message);
    });

    it('shows of a target what it is when it is read, and of one that the reader does not see the place', async () => {
      const { message: target } = await send(member, undefined, { content: 'secret' });
      await send(owner, { replyToId: target.id });
      await remove(1);
      expect((await read(2))?.replyTo).toEqual({
        id: target.id,
        seq: 1,
        senderId: member,
        excerpt: '',
        deletedAt: expect.any(Date),
      });
      expect((await read(2, 2))?.replyTo).toEqual({ id: target.id, seq: 1 });
    });

    it('replies to a reply, to itself never, and to a message that is deleted', async () => {
      const { message: first } = await send(owner, undefined);
      const { message: second } = await send(member, { replyToId: first.id });
      await remove(1);
      expect((await send(owner, { replyToId: second.id })).message.replyTo?.seq).toBe(2);
      expect((await send(owner, { replyToId: first.id })).message.replyTo?.seq).toBe(1);
    });

    describe('a target', () => {
      const targets: Record<string, () => Promise<string>> = {
        'of nobody': async () => randomUUID(),
        'of another conversation of the sender': async () => {
          const elsewhere = await converse(subject, owner, member);
          return (await send(member, undefined, { to: elsewhere })).message.id;
        },
        'that the sender does not see': async () => {
          const { message } = await send(owner, undefined);
          await subject.memberships.clearHistory(conversationId, member);
          return message.id;
        },
      };
      it.each(Object.keys(targets))('%s is not found, and nothing is stored', async (which) => {
        const replyToId = (await targets[which]?.()) ?? '';
        const before = await lastSeq();
        const extras = { replyToId, mentions: [owner] };
        expect(await outcome(send(member, extras))).toBe('MESSAGE_NOT_FOUND');
        expect(await lastSeq()).toBe(before);
        expect((await send(member, undefined)).message.seq).toBe((before ?? 0) + 1);
      });
    });

    describe('everybody', () => {
      it('is mentioned by the owner and by admins, not by members', async () => {
        expect(await outcome(send(member, { mentionsAll: true }))).toBe('CANNOT_MENTION_ALL');
        expect((await send(owner, { mentionsAll: true })).message).toMatchObject({
          seq: 1,
          mentionsAll: true,
        });
        await subject.setRole(conversationId, member, 'admin');
        expect((await send(member, { mentionsAll: true })).message).toMatchObject({ seq: 2 });
      });

      it('is mentioned by both in a direct conversation', async () => {
        await subject.makeDirect(conversationId);
        await subject.setRole(conversationId, owner, 'member');
        for (const sender of [owner, member])
          expect(await outcome(send(sender, { mentionsAll: true }))).toBe('stored');
      });
    });

    describe('a repeat', () => {
      const sent = { clientMessageId: 'once' };
      it('with the same is answered with what is stored', async () => {
        const extras = await all();
        const { message } = await send(owner, extras, sent);
        const reordered = { ...extras, metadata: { b: { d: 3, c: 2 }, a: 1 } };
        expect(await send(owner, reordered, sent)).toEqual({ message, duplicate: true });
        expect(await lastSeq()).toBe(2);
      });

      const others: Record<string, MessageExtras | undefined> = {
        'nothing besides the text': undefined,
        'another target': { replyToId: randomUUID() },
        'other mentions': { mentions: [randomUUID()] },
        'no mention of everybody': { mentionsAll: false },
        'other metadata': { metadata: { a: 1, b: { c: 2 } } },
      };
      it.each(Object.entries(others))('with %s is refused', async (_, change) => {
        const extras = await all();
        await send(owner, extras, sent);
        const { mentionsAll, ...rest } = { ...extras, ...change };
        const changed = change && { ...rest, ...(mentionsAll && { mentionsAll }) };
        expect(await outcome(send(owner, changed, sent))).toBe('CLIENT_MESSAGE_ID_REUSED');
        expect(await lastSeq()).toBe(2);
      });

      it('of a plain message with something besides is refused, and the plain one answered beside rich ones', async () => {
        const { message } = await send(owner, undefined, sent);
        expect(await outcome(send(owner, { mentions: [member] }, sent))).toBe('CLIENT_MESSAGE_ID_REUSED');
        const [repeat] = await Promise.all([
          send(owner, undefined, sent),
          send(owner, { mentions: [member] }),
        ]);
        expect(repeat).toEqual({ message, duplicate: true });
      });

      it('shows the sender no target that it has hidden from itself since', async () => {
        const { message: target } = await send(member, undefined);
        await send(owner, { replyToId: target.id }, sent);
        await subject.memberships.clearHistory(conversationId, owner);
        const { message, duplicate } = await send(owner, { replyToId: target.id }, sent);
        expect([duplicate, message.replyTo]).toEqual([true, { id: target.id, seq: 1 }]);
      });

      it.each([[{ mentions: [randomUUID()] }], [undefined]])(
        'of a message that is deleted is answered with what is left, whatever was said: %j',
        async (extras) => {
          await send(owner, await all(), sent);
          await remove(2);
          const { message, duplicate } = await send(owner, extras, { ...sent, content: 'Other' });
          expect(duplicate).toBe(true);
          expect(message).toMatchObject({ seq: 2, content: '', deletedAt: expect.any(Date) });
          expect(Object.keys(shown({ ...message }))).toEqual(['replyTo']);
          expect(await lastSeq()).toBe(2);
        },
      );
    });

    describe('the order of refusals', () => {
      /** Each adds one more reason, which comes before all those above. */
      const REASONS: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['stored', async () => undefined],
        ['CANNOT_MENTION_ALL', () => subject.setRole(conversationId, member, 'member')],
        [
          'MESSAGE_NOT_FOUND',
          async () => {
            replyToId = randomUUID();
          },
        ],
        [
          'USER_NOT_REACHABLE',
          // A direct conversation, in which both mention everybody: these two reasons never meet.
          async () => {
            await subject.makeDirect(conversationId);
            await subject.blockUser(other, member);
          },
        ],
        ['SLOW_MODE', () => subject.restrict(conversationId, { slowModeSeconds: 600 })],
        ['POSTING_RESTRICTED', () => subject.restrict(conversationId, { posting: 'admins' })],
        [
          'CLIENT_MESSAGE_ID_REUSED',
          async () => {
            clientMessageId = 'used';
          },
        ],
        ['NOT_CONVERSATION_MEMBER', () => subject.removeMember(conversationId, member)],
        [
          'CONVERSATION_NOT_FOUND',
          () => subject.change.change(conversationId, other, () => [conversationDeletion([other])]),
        ],
      ];
      let other: string;
      let replyToId: string;
      let clientMessageId: string;

      /** @param count how many of the reasons there are */
      const prepare = async (count: number) => {
        [other, member] = [await signUp(subject), await signUp(subject)];
        conversationId = await converse(subject, other, member);
        await subject.setRole(conversationId, member, 'admin');
        replyToId = (await send(other, undefined)).message.id;
        await send(member, undefined, { clientMessageId: 'used' });
        clientMessageId = 'free';
        for (const [, add] of REASONS.slice(0, count)) await add();
      };

      it.each(REASONS.map(([code], index) => [index, code] as const))('%i: %s', async (index, code) => {
        await prepare(index + 1);
        const work = send(member, { replyToId, mentionsAll: true }, { clientMessageId });
        expect(await outcome(work)).toBe(code);
      });
    });

    it('in slow mode a message that is refused for what it has closes no way for the next one', async () => {
      await subject.restrict(conversationId, { slowModeSeconds: 600 });
      const replyToId = randomUUID();
      const sends = [
        send(member, { replyToId }),
        send(member, { mentionsAll: true }),
        send(member, { mentions: [owner] }),
        send(member, { replyToId }),
        send(member, undefined),
        send(owner, { mentionsAll: true }),
      ];
      expect(await Promise.all(sends.map(outcome))).toEqual([
        'MESSAGE_NOT_FOUND',
        'CANNOT_MENTION_ALL',
        'stored',
        'SLOW_MODE',
        'SLOW_MODE',
        'stored',
      ]);
    });

    it('numbers many messages of several conversations, some of them refused, without a hole', async () => {
      const others = [conversationId, await converse(subject, owner, member), await converse(subject, owner)];
      await say(subject, conversationId, owner, 1);
      const sends = Array.from({ length: 60 }, (_, index) => {
        const to = others[index % 3] as string;
        if (index % 5 === 0) return send(member, { mentionsAll: true }, { to });
        return send(owner, index % 2 === 0 ? { mentions: [owner], metadata: { index } } : undefined, { to });
      });
      await Promise.all(sends.map(outcome));
      const heads = await Promise.all(others.map((id) => subject.conversations.findById(id)));
      expect(heads.map((head) => [head?.lastSeq, head?.rev])).toEqual([
        [17, 17],
        [16, 16],
        [16, 16],
      ]);
      for (const [index, id] of others.entries()) {
        const found = (await subject.messages.findRange(id, 1, 100)).data;
        expect(found.map(({ seq }) => seq)).toEqual(
          Array.from({ length: index === 0 ? 17 : 16 }, (_, place) => (index === 0 ? 17 : 16) - place),
        );
      }
    });
  });
}
