import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import { WITHOUT_READ_RECEIPTS } from '../../src/arch/common/domain/rooms.js';
import { messageCreated } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import { memberAddition } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { toOwnMembershipDto } from '../../src/arch/modules/chat/interface/http/dto/own-membership.dto.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import { toConversationDto } from '../../src/arch/modules/chat/interface/http/dto/conversation.dto.js';
import { FakeChat } from '../fakes/fake-chat.js';

export interface ReceivedEvent {
  readonly event: string;
  readonly payload: object;
}

/** A connected socket. */
interface Listener {
  readonly received: readonly ReceivedEvent[];
}

interface ChatPublisherSubject {
  readonly publisher: ChatPublisherPort;
  /** Connects a socket of a user that has joined these conversations. */
  connect(userId: string, ...conversationIds: string[]): Listener;
  endSecond(): void;
  /** Another epoch of the database begins. */
  beginEpoch(): void;
  /** How often the publisher has reported that the present epoch has ended. */
  epochsEnded(): number;
  stop(): void;
}

/** Models in the form in which clients receive them. */
const asJson = (model: object): object => JSON.parse(JSON.stringify(model));
/** The read position of the member in each received payload. */
const positionsIn = ({ received }: Listener) =>
  received.map(({ payload }) => (payload as { member: { lastReadSeq: number } }).member.lastReadSeq);
/** One field of all received payloads. */
const all = (field: string, { received }: Listener) =>
  received.map(({ payload }) => Reflect.get(payload, field));

export function describeChatPublisherContract(name: string, start: () => ChatPublisherSubject): void {
  describe(`ChatPublisherPort on ${name}`, () => {
    let subject: ChatPublisherSubject;
    let publisher: ChatPublisherPort;
    let chat: FakeChat;
    let ada: string;
    let bob: string;
    let here: string;
    let there: string;

    beforeEach(async () => {
      subject = start();
      ({ publisher } = subject);
      chat = new FakeChat();
      [ada, bob] = [await chat.signUp('Ada'), await chat.signUp('Bob')];
      [here, there] = [await chat.converse(ada), await chat.converse(ada)];
    });
    afterEach(() => subject.stop());

    const say = async (conversationId: string): Promise<Message> =>
      (await chat.messages.create({ conversationId, senderId: ada, content: 'Hello!' })).message;
    const addBob = async () => {
      const [added] = await chat.change.change(here, ada, () => [memberAddition(bob, 'member')]);
      if (!added) throw new Error('Nothing is stored.');
      return { member: added.result.member, rev: added.rev };
    };
    const readTo = (lastReadSeq: number, userId = ada, conversationId = here) =>
      publisher.publish({ kind: 'message_read', conversationId, userId, lastReadSeq });
    const type = (isTyping: boolean, userId = ada, conversationId = here) =>
      publisher.publish({ kind: 'typing', conversationId, userId, isTyping, expiresAt: new Date(0) });
    const send = (message: Message) => publisher.publish(messageCreated(message));

    it('emits messages, new members and read positions to the sockets that have joined the conversation, and to no other', async () => {
      const inside = [subject.connect(ada, here, there), subject.connect(bob, here)];
      const outside = [subject.connect(ada, there), subject.connect(bob)];
      const message = await say(here);
      const { member, rev } = await addBob();
      send(message);
      publisher.publish({ kind: 'member_added', conversationId: here, rev, member });
      readTo(1, bob);
      for (const { received } of inside)
        expect(received).toEqual([
          { event: 'new_message', payload: asJson(message) },
          { event: 'member_added', payload: asJson({ conversationId: here, rev, member }) },
          { event: 'message_read', payload: { conversationId: here, userId: bob, lastReadSeq: 1 } },
        ]);
      for (const { received } of outside) expect(received).toEqual([]);
    });

    it('emits a member with its position to those who have read receipts on, with 0 to the others', async () => {
      const [on, off] = [
        subject.connect(ada, here),
        subject.connect(await chat.signUp(), here, WITHOUT_READ_RECEIPTS),
      ];
      await say(here);
      const { member, rev } = await addBob();
      publisher.publish({ kind: 'member_added', conversationId: here, rev, member });
      publisher.publish({
        kind: 'member_updated',
        conversationId: here,
        rev: rev + 1,
        actorId: ada,
        member: { ...member, lastReadSeq: 7 },
      });
      expect([on, off].map((listener) => positionsIn(listener))).toEqual([
        [1, 7],
        [0, 0],
      ]);
    });

    it('emits a member who has read receipts off with 0 to all others, with its position to its own sockets', async () => {
      const own = [subject.connect(bob, here), subject.connect(bob, here, WITHOUT_READ_RECEIPTS)];
      const others = [subject.connect(ada, here), subject.connect(ada, here, WITHOUT_READ_RECEIPTS)];
      const { member, rev } = await addBob();
      const shown = { conversationId: here, member, hiddenReadSeq: 7 };
      publisher.publish({ kind: 'member_added', rev, ...shown });
      publisher.publish({ kind: 'member_updated', rev: rev + 1, actorId: ada, ...shown });
      expect([...own, ...others].map((listener) => positionsIn(listener))).toEqual([
        [7, 7],
        [7, 7],
        [0, 0],
        [0, 0],
      ]);
    });

    it('emits typing to the sockets that have joined, except those of the typing user', () => {
      const own = [subject.connect(ada, here), subject.connect(ada, here)];
      const [inside, outside] = [subject.connect(bob, here), subject.connect(bob, there)];
      type(true);
      const typing = { conversationId: here, userId: ada, isTyping: true, expiresAt: new Date(0) };
      expect(inside.received).toEqual([{ event: 'typing', payload: asJson(typing) }]);
      for (const { received } of [...own, outside]) expect(received).toEqual([]);
    });

    it('emits a conversation to all sockets of one user, whatever they have joined', async () => {
      const own = [subject.connect(ada), subject.connect(ada, there)];
      const other = subject.connect(bob, here);
      const conversation = await chat.members.findConversationOfUser(ada, here);
      if (!conversation) throw new Error('The owner has no conversation.');
      publisher.publish({ kind: 'conversation_added', userId: ada, conversation });
      for (const { received } of own)
        expect(received).toEqual([{ event: 'conversation_added', payload: toConversationDto(conversation) }]);
      expect(other.received).toEqual([]);
    });

    it('a read position that waits is not emitted when its user withholds it, those of others are', () => {
      const listener = subject.connect(bob, here);
      for (const lastReadSeq of [1, 2]) {
        readTo(lastReadSeq);
        readTo(lastReadSeq, bob);
      }
      publisher.withholdReceipts(ada);
      subject.endSecond();
      expect(listener.received.map(({ payload }) => payload)).toEqual([
        { conversationId: here, userId: ada, lastReadSeq: 1 },
        { conversationId: here, userId: bob, lastReadSeq: 1 },
        { conversationId: here, userId: bob, lastReadSeq: 2 },
      ]);
    });

    it("emits what is a member's alone to the sockets of that user at once, then the latest version once a second", async () => {
      const [own, other] = [subject.connect(ada), subject.connect(bob, here)];
      const me = (await chat.members.findConversationOfUser(ada, here))?.me;
      if (!me) throw new Error('The owner has no membership.');
      const update = (version: number, conversationId = here) =>
        publisher.publish({
          kind: 'me_updated',
          conversationId,
          userId: ada,
          me: { ...me, version },
          socketId: undefined,
        });
      for (const version of [3, 5, 9, 7]) update(version);
      update(1, there);
      const versions = () =>
        own.received.map(({ payload }) => (payload as { me: { version: number } }).me.version);
      expect(versions()).toEqual([3, 1]);
      subject.endSecond();
      expect(versions()).toEqual([3, 1, 9]);
      update(8);
      subject.endSecond();
      expect(versions()).toEqual([3, 1, 9]);
      for (const version of [10, 11]) update(version);
      subject.beginEpoch();
      subject.endSecond();
      expect(own.received.at(-1)).toEqual({
        event: 'me_updated',
        payload: { conversationId: here, me: { ...toOwnMembershipDto(me), version: 10 } },
      });
      expect(other.received).toEqual([]);
    });

    it.each([
      ['a member', false],
      ['all members, in a conversation that was deleted,', true],
    ])('takes the sockets of %s out of the room, before later events', async (_, isAll) => {
      const [former, second] = [subject.connect(bob, here, there), subject.connect(bob, here)];
      const inside = subject.connect(ada, here);
      readTo(1);
      await publisher.evict({ conversationId: here, rev: 1, userId: isAll ? null : bob });
      readTo(1, bob);
      const lengths = [former, second, inside].map(({ received }) => received.length);
      expect(lengths).toEqual([1, 1, isAll ? 1 : 2]);
      readTo(1, ada, there);
      expect(former.received).toHaveLength(2);
    });

    describe('a rev that does not rise', () => {
      it('is not emitted, and each time shows that the database has gone back in time', async () => {
        const listener = subject.connect(bob, here);
        const first = await say(here);
        const { member, rev } = await addBob();
        const last = await say(here);
        for (const message of [first, first]) send(message);
        expect(subject.epochsEnded()).toBe(1);
        for (let n = 0; n < 2; n += 1)
          publisher.publish({ kind: 'member_added', conversationId: here, rev, member });
        expect(subject.epochsEnded()).toBe(2);
        send(last);
        publisher.publish({ kind: 'member_added', conversationId: here, rev, member });
        send(first);
        expect(all('rev', listener)).toEqual([first.rev, rev, last.rev]);
        expect(subject.epochsEnded()).toBe(4);
      });

      it('counts for its conversation only', async () => {
        const listener = subject.connect(bob, there);
        const elsewhere = await say(there);
        for (const message of [await say(here), await say(here), elsewhere]) send(message);
        expect(listener.received).toEqual([{ event: 'new_message', payload: asJson(elsewhere) }]);
        expect(subject.epochsEnded()).toBe(0);
      });

      it('is emitted in another epoch, where numbers are given out again', async () => {
        const listener = subject.connect(bob, here);
        const message = await say(here);
        send({ ...message, rev: 10 });
        subject.beginEpoch();
        for (const rev of [8, 8, 9]) send({ ...message, rev });
        expect(all('rev', listener)).toEqual([10, 8, 9]);
        expect(subject.epochsEnded()).toBe(1);
      });
    });

    describe('how far somebody has read', () => {
      it('is emitted at once, then the furthest at the end of the second, and none in between', () => {
        const listener = subject.connect(bob, here);
        for (const seq of [1, 2, 5, 3]) readTo(seq);
        expect(all('lastReadSeq', listener)).toEqual([1]);
        subject.endSecond();
        expect(all('lastReadSeq', listener)).toEqual([1, 5]);
        readTo(6);
        subject.endSecond();
        subject.endSecond();
        readTo(7);
        expect(all('lastReadSeq', listener)).toEqual([1, 5, 6, 7]);
      });

      it('never goes back within the second', () => {
        const listener = subject.connect(bob, here);
        for (const seq of [5, 4]) readTo(seq);
        subject.endSecond();
        expect(all('lastReadSeq', listener)).toEqual([5]);
      });

      it('is emitted in another epoch, and waiting positions of the previous epoch are dropped', () => {
        const listener = subject.connect(bob, here);
        for (const seq of [5, 9]) readTo(seq);
        subject.beginEpoch();
        readTo(3);
        subject.endSecond();
        expect(all('lastReadSeq', listener)).toEqual([5, 3]);
      });
    });

    describe('typing', () => {
      it('is emitted at once, then the last state at the end of the second, and none in between', () => {
        const listener = subject.connect(bob, here);
        for (const isTyping of [true, false, true, false]) type(isTyping);
        expect(all('isTyping', listener)).toEqual([true]);
        for (let n = 0; n < 5; n += 1) subject.endSecond();
        expect(all('isTyping', listener)).toEqual([true, false]);
      });

      it('is emitted again when it is the same: it lasts longer', () => {
        const listener = subject.connect(bob, here);
        for (let n = 0; n < 2; n += 1) type(true);
        subject.endSecond();
        expect(all('isTyping', listener)).toEqual([true, true]);
      });
    });

    it('each member and each conversation has a second of its own', async () => {
      const listener = subject.connect(await chat.signUp('Eve'), here, there);
      for (const tell of [
        (...of: [string, string]) => readTo(1, ...of),
        (...of: [string, string]) => type(true, ...of),
      ]) {
        tell(ada, here);
        tell(bob, here);
        tell(ada, there);
      }
      expect(listener.received.map(({ event }) => event)).toEqual([
        ...Array.from({ length: 3 }, () => 'message_read'),
        ...Array.from({ length: 3 }, () => 'typing'),
      ]);
    });
  });
}
