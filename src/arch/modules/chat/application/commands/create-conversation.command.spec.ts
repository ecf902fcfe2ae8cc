import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConversationMemberRepositoryFake } from '../../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { CreateConversationCommand, CreateConversationHandler } from './create-conversation.command.js';

let chat: FakeChat;
let ada: string;
let bob: string;
let eve: string;

beforeEach(async () => {
  chat = new FakeChat();
  ada = await chat.signUp('Ada');
  bob = await chat.signUp('Bob');
  eve = await chat.signUp('Eve');
});

const create = (memberIds: readonly string[], title?: string | null, members = chat.members) =>
  new CreateConversationHandler(
    chat.conversations,
    members,
    chat.users,
    chat.reach,
    chat.conversationQuota,
    chat.transactions,
    chat.live,
  ).execute(new CreateConversationCommand(ada, memberIds, title));

const everything = () => ({
  conversations: chat.state.conversations.size,
  members: chat.state.members.size,
  published: chat.live.published.length,
});
const NOTHING = { conversations: 0, members: 0, published: 0 };

it('creates a conversation that the creator owns', async () => {
  const created = await create([bob], 'Plans');
  expect(created).toMatchObject({
    createdBy: ada,
    title: 'Plans',
    lastSeq: 0,
    rev: 0,
    memberCount: 2,
    lastMessage: null,
    me: { role: 'owner', lastReadSeq: 0, unreadCount: 0 },
  });
  expect(created.members).toEqual(await chat.members.findMembersByConversation(created.id));
  expect(new Map(created.members.map(({ userId, role }) => [userId, role]))).toEqual(
    new Map([
      [ada, 'owner'],
      [bob, 'member'],
    ]),
  );
  const { members: _, membersCursor, ...summary } = created;
  expect(membersCursor).toBeNull();
  expect(summary).toEqual(await chat.members.findConversationOfUser(ada, created.id));
});

it('has no title when none is given, and no other member when none is named', async () => {
  expect(await create([])).toMatchObject({ title: null, memberCount: 1, members: [{ userId: ada }] });
});

it('counts a user who is named twice once, and the creator once', async () => {
  const created = await create([bob, ada, bob, ada]);
  expect(created.memberCount).toBe(2);
  expect(created.members.map(({ userId }) => userId)).toEqual([ada, bob].toSorted());
});

it("publishes it to every member, the creator included, as that member's list shows it", async () => {
  const { id } = await create([bob, eve]);
  expect(chat.live.published).toHaveLength(3);
  for (const userId of [ada, bob, eve]) {
    const conversation = await chat.members.findConversationOfUser(userId, id);
    expect(chat.live.published).toContainEqual({ kind: 'conversation_added', userId, conversation });
  }
});

describe('stores nothing and publishes nothing', () => {
  it('when members are unknown, and names the place of each among all that were sent', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const failed = create([bob, bob, one, eve, two, one]);
    await expect(failed).rejects.toThrow(UserNotFoundError);
    await expect(failed).rejects.toMatchObject({
      details: [
        { path: 'memberIds.2', message: expect.stringContaining(one) },
        { path: 'memberIds.4', message: expect.stringContaining(two) },
      ],
    });
    expect(everything()).toEqual(NOTHING);
  });

  it('when the members cannot be stored', async () => {
    class FullDisk extends ConversationMemberRepositoryFake {
      override addFirstMembers = () => Promise.reject(new Error('disk full'));
    }
    await expect(create([bob], null, new FullDisk(chat.state))).rejects.toThrow('disk full');
    expect(everything()).toEqual(NOTHING);
  });
});

it.each(['', '\u200b', 'a\0', 'a\ud83d', 'a\nb', '\u2066a', 'x'.repeat(256)])(
  'refuses the title %j, and stores nothing',
  async (title) => {
    await expect(create([bob], title)).rejects.toMatchObject({ details: [{ path: 'title' }] });
    expect(everything()).toEqual(NOTHING);
  },
);

describe('when the answer to its commit is lost, it fails and its members get what is stored', () => {
  it.each([
    ['all of them once, when it is stored', 'stored', 3],
    ['nothing, when it is not', 'undone', 0],
  ] as const)('%s', async (_label, outcome, published) => {
    chat.transactions.losesCommit = outcome;
    await expect(create([bob, eve])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(chat.live.published).toEqual([]);
    await chat.transactions.recover();
    expect(chat.live.published).toHaveLength(published);
    expect(chat.state.conversations.size).toBe(published / 3);
  });
});
