import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import {
  OpenDirectConversationCommand,
  OpenDirectConversationHandler,
} from './open-direct-conversation.command.js';

let chat: FakeChat;
let ada: string;
let bob: string;

beforeEach(async () => {
  chat = new FakeChat();
  ada = await chat.signUp('Ada');
  bob = await chat.signUp('Bob');
});

const open = (openerId: string, otherId: string) =>
  new OpenDirectConversationHandler(
    chat.directs,
    chat.reach,
    chat.conversations,
    chat.members,
    chat.conversationQuota,
    chat.transactions,
    chat.live,
  ).execute(new OpenDirectConversationCommand(openerId, otherId));

it('opens a conversation that nobody owns, as its opener sees it', async () => {
  const { conversation, isNew } = await open(ada, bob);
  const { members, membersCursor, ...summary } = conversation;
  expect(isNew).toBe(true);
  expect(summary).toEqual(await chat.members.findConversationOfUser(ada, conversation.id));
  expect(summary).toMatchObject({ type: 'direct', other: { id: bob }, me: { role: 'member' } });
  expect(members).toEqual(await chat.members.findMembersByConversation(conversation.id));
  expect(membersCursor).toBeNull();
});

it('publishes it to its opener alone, once, however often it is opened', async () => {
  const { conversation } = await open(ada, bob);
  expect(await open(ada, bob)).toEqual({ conversation, isNew: false });
  expect(await open(bob, ada)).toMatchObject({ conversation: { id: conversation.id }, isNew: false });
  const summary = await chat.members.findConversationOfUser(ada, conversation.id);
  expect(chat.live.published).toEqual([{ kind: 'conversation_added', userId: ada, conversation: summary }]);
});

it('opens notes to oneself', async () => {
  const { conversation } = await open(ada, ada);
  expect(conversation).toMatchObject({ memberCount: 1, other: { id: ada }, members: [{ userId: ada }] });
  expect(await open(ada, ada)).toMatchObject({ conversation: { id: conversation.id }, isNew: false });
});

it('refuses a user who does not exist; nothing is stored or published', async () => {
  await expect(open(ada, randomUUID())).rejects.toThrow(UserNotFoundError);
  expect([chat.state.conversations.size, chat.live.published]).toEqual([0, []]);
});

describe('when the answer to its commit is lost', () => {
  it.each([
    ['stored', 1],
    ['undone', 0],
  ] as const)('and it is %s, its opener receives %i event', async (outcome, events) => {
    chat.transactions.losesCommit = outcome;
    await expect(open(ada, bob)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(chat.live.published).toEqual([]);
    await chat.transactions.recover();
    expect(chat.live.published).toHaveLength(events);
  });
});
