import { expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { ChatPublisherAdapter } from './chat-publisher.adapter.js';
import { ReadReceipts } from './read-receipts.js';
import { TypingSignals } from './typing-signals.js';

const publisherTo = (rooms: RoomEmitterFake, epoch = new DatabaseEpochFake()) =>
  new ChatPublisherAdapter(rooms, new ReadReceipts(rooms, epoch), new TypingSignals(rooms), epoch);

it('tells the room of the conversation of messages, members and readers, the others in it of typing, and a user of conversations', async () => {
  const chat = new FakeChat();
  const rooms = new RoomEmitterFake();
  const publisher = publisherTo(rooms);
  const owner = await chat.signUp();
  const other = await chat.signUp();
  const conversationId = await chat.converse(owner);
  const { message } = await chat.messages.create({ conversationId, senderId: owner, content: 'Hello!' });
  const { member, rev } = await chat.members.addMember(conversationId, owner, other);
  const conversation = await chat.members.findConversationOfUser(other, conversationId);
  if (!conversation) throw new Error('The new member has no conversation.');

  publisher.messageSent(message);
  publisher.memberAdded(conversationId, rev, member);
  publisher.messageRead(conversationId, other, 1);
  const typing = { conversationId, userId: other, isTyping: true, expiresAt: new Date() };
  publisher.typing(typing);
  publisher.conversationAdded(other, conversation);
  expect(rooms.emitted).toEqual([
    { room: conversationId, event: 'new_message', payload: message },
    { room: conversationId, event: 'member_added', payload: { conversationId, rev, member } },
    {
      room: conversationId,
      event: 'message_read',
      payload: { conversationId, userId: other, lastReadSeq: 1 },
    },
    { room: conversationId, event: 'typing', payload: typing, except: `user:${other}` },
    { room: `user:${other}`, event: 'conversation_added', payload: conversation },
  ]);
});

it('tells of each change once, and of none after a later one: whose rev does not rise, ends the epoch', async () => {
  const chat = new FakeChat();
  const rooms = new RoomEmitterFake();
  const epoch = new DatabaseEpochFake();
  const publisher = publisherTo(rooms, epoch);
  const [owner, other] = [await chat.signUp(), await chat.signUp()];
  const [here, there] = [await chat.converse(owner), await chat.converse(owner)];
  const say = async (conversationId: string) =>
    (await chat.messages.create({ conversationId, senderId: owner, content: 'Hello!' })).message;
  const [first, elsewhere] = [await say(here), await say(there)];
  const { member, rev } = await chat.members.addMember(here, owner, other);
  const last = await say(here);

  publisher.messageSent(first);
  expect(epoch.ends).toBe(0);
  publisher.messageSent(first);
  publisher.memberAdded(here, rev, member);
  expect(epoch.ends).toBe(1);
  publisher.memberAdded(here, rev, member);
  publisher.messageSent(last);
  publisher.memberAdded(here, rev, member);
  publisher.messageSent(first);
  publisher.messageSent(elsewhere);
  expect(rooms.emitted.map(({ room, event }) => [room, event])).toEqual([
    [here, 'new_message'],
    [here, 'member_added'],
    [here, 'new_message'],
    [there, 'new_message'],
  ]);
  expect(epoch.ends).toBe(4);
});

it("in another epoch of the database numbers are given anew: it drops none for an earlier epoch's", async () => {
  const chat = new FakeChat();
  const rooms = new RoomEmitterFake();
  const epoch = new DatabaseEpochFake();
  const publisher = publisherTo(rooms, epoch);
  const owner = await chat.signUp();
  const conversationId = await chat.converse(owner);
  const { message } = await chat.messages.create({ conversationId, senderId: owner, content: 'Lost.' });
  publisher.messageSent({ ...message, rev: 10 });
  epoch.renew('epoch-2');
  publisher.messageSent({ ...message, rev: 8 });
  publisher.messageSent({ ...message, rev: 8 });
  expect(rooms.emitted.map(({ payload }) => (payload as { rev: number }).rev)).toEqual([10, 8]);
});
