import { expect, it } from 'vitest';
import { ConversationMemberRepositoryFake } from '../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../test/fakes/fake-chat.js';
import { AccountDeparture } from './account-departure.js';
import { MembershipEnd } from './membership-end.js';

it('a conversation that is deleted meanwhile has been left; the others are left all the same', async () => {
  const chat = new FakeChat();
  const [owner, leaver] = [await chat.signUp(), await chat.signUp()];
  const [deleted, other] = [await chat.converse(owner, leaver), await chat.converse(owner, leaver)];
  Object.assign(chat.state.conversation(deleted), { isDeleted: true });
  chat.state.members.set(deleted, new Map());
  class EarlierMembers extends ConversationMemberRepositoryFake {
    override findIdsOfUser = async () => [deleted, other];
  }
  const members = new EarlierMembers(chat.state);

  await new AccountDeparture(members, chat.change, new MembershipEnd(members)).leaveAllConversations(leaver);

  expect([...(chat.state.members.get(other)?.keys() ?? [])]).toEqual([owner]);
  expect(chat.state.changesOf(deleted)).toEqual([]);
});
