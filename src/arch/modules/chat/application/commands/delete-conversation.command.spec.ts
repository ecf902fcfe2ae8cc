import { beforeEach, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { DeleteConversationCommand, DeleteConversationHandler } from './delete-conversation.command.js';

let chat: FakeChat;
let owner: string;
let member: string;
let stranger: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  [owner, member, stranger] = [await chat.signUp(), await chat.signUp(), await chat.signUp()];
  conversationId = await chat.converse(owner, member);
});

const remove = (requesterId: string) =>
  new DeleteConversationHandler(chat.conversations, chat.members, chat.change)
    .execute(new DeleteConversationCommand(conversationId, requesterId))
    .then(
      () => null,
      ({ code }) => code,
    );

it('deletes the conversation for all members, each of whom is told', async () => {
  expect(await remove(owner)).toBeNull();
  expect(chat.live.published).toEqual(
    [owner, member]
      .toSorted()
      .map((userId) => ({ kind: 'conversation_removed', conversationId, userId, reason: 'deleted' })),
  );
  expect(await chat.conversations.findById(conversationId)).toBeNull();
  expect(await chat.members.findIdsOfMembers(conversationId)).toEqual([]);
  expect(chat.state.changesOf(conversationId)).toMatchObject([{ kind: 'conversation_deleted', rev: 1 }]);
});

it('is not found afterwards, by whoever it was', async () => {
  await remove(owner);
  for (const userId of [owner, member, stranger]) expect(await remove(userId)).toBe('CONVERSATION_NOT_FOUND');
});

it.each(['admin', 'member'] as const)('is refused to an ordinary %s', async (role) => {
  Object.assign(chat.state.member(conversationId, member) ?? {}, { role });
  expect(await remove(member)).toBe('CANNOT_DELETE_CONVERSATION');
  expect(await remove(stranger)).toBe('NOT_CONVERSATION_MEMBER');
  expect([chat.live.published, chat.state.changesOf(conversationId)]).toEqual([[], []]);
});

it('is refused in a direct conversation', async () => {
  chat.state.conversation(conversationId).type = 'direct';
  expect(await remove(owner)).toBe('DIRECT_CONVERSATION');
});
