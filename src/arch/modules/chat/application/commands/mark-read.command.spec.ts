import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { ConversationMemberRepositoryFake } from '../../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { MarkReadCommand, MarkReadHandler } from './mark-read.command.js';

let chat: FakeChat;
let reader: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  const owner = await chat.signUp();
  reader = await chat.signUp();
  conversationId = await chat.converse(owner, reader);
  for (const content of ['1', '2', '3', '4']) {
    await chat.messages.create({ conversationId, senderId: owner, content });
  }
});

const mark = (seq: number, userId = reader, id = conversationId, members = chat.members) =>
  new MarkReadHandler(chat.conversations, members, chat.memberships, chat.live).execute(
    new MarkReadCommand(id, userId, seq),
  );

it('answers the position and emits it to the room', async () => {
  expect(await mark(3)).toEqual({ conversationId, lastReadSeq: 3, unreadCount: 1, mentionCount: 0 });
  expect(chat.live.published).toMatchObject([
    { kind: 'message_read', conversationId, userId: reader, lastReadSeq: 3 },
    { kind: 'me_updated', conversationId, userId: reader, me: { lastReadSeq: 3, unreadCount: 1 } },
  ]);
});

it('emits the position to the room, not the requested one', async () => {
  expect(await mark(99)).toEqual({ conversationId, lastReadSeq: 4, unreadCount: 0, mentionCount: 0 });
  expect(chat.live.published).toMatchObject([{ lastReadSeq: 4 }, { me: { lastReadSeq: 4 } }]);
});

it.each([3, 2, 0])('emits nothing to the room when %i does not move the position', async (seq) => {
  await mark(3);
  expect(await mark(seq)).toEqual({ conversationId, lastReadSeq: 3, unreadCount: 1, mentionCount: 0 });
  expect(chat.live.published).toHaveLength(2);
});

it('refuses an unknown conversation and a user who is no member, also one who is removed while it runs', async () => {
  class MembersOfAMomentAgo extends ConversationMemberRepositoryFake {
    override isMember = async () => true;
  }
  const stranger = await chat.signUp();
  await expect(mark(1, reader, randomUUID())).rejects.toThrow(ConversationNotFoundError);
  await expect(mark(1, stranger)).rejects.toThrow(NotConversationMemberError);
  const late = mark(1, stranger, conversationId, new MembersOfAMomentAgo(chat.state));
  await expect(late).rejects.toThrow(NotConversationMemberError);
  expect(chat.live.published).toEqual([]);
});
