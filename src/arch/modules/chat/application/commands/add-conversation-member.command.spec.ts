import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConversationMemberRepositoryFake } from '../../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import {
  AddConversationMemberCommand,
  AddConversationMemberHandler,
} from './add-conversation-member.command.js';

let chat: FakeChat;
let owner: string;
let ordinary: string;
let newcomer: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  owner = await chat.signUp();
  ordinary = await chat.signUp();
  newcomer = await chat.signUp('Newcomer');
  conversationId = await chat.converse(owner, ordinary);
});

const add = (requesterId: string, userId: string, members = chat.members) =>
  new AddConversationMemberHandler(
    chat.conversations,
    members,
    chat.change,
    chat.bans,
    chat.reach,
    chat.conversationQuota,
  ).execute(new AddConversationMemberCommand(conversationId, requesterId, userId));

/** The error of a refused command, and its effects. */
const refusal = async (work: Promise<unknown>) => {
  const before = structuredClone(chat.state.members);
  const code = await work.then(
    () => null,
    (error) => error.code,
  );
  return { code, changed: !isDeepStrictEqual(chat.state.members, before), published: chat.live.published };
};
const refused = (code: string) => ({ code, changed: false, published: [] });

it('adds the member and emits it to the room, and the conversation to the new member', async () => {
  await chat.messages.create({ conversationId, senderId: owner, content: 'before' });
  const member = await add(owner, newcomer);
  expect(member).toMatchObject({ userId: newcomer, displayName: 'Newcomer', role: 'member', lastReadSeq: 1 });
  expect((await chat.members.findMembersByConversation(conversationId)).at(-1)).toEqual(member);
  const conversation = await chat.members.findConversationOfUser(newcomer, conversationId);
  expect(conversation).toMatchObject({ memberCount: 3, rev: 2, me: { role: 'member', unreadCount: 0 } });
  expect(chat.live.published).toEqual([
    { kind: 'member_added', conversationId, rev: 2, member },
    { kind: 'conversation_added', userId: newcomer, conversation },
  ]);
});

it('answers a requester who has read receipts off no position, and emits it to the others', async () => {
  await chat.messages.create({ conversationId, senderId: ordinary, content: 'before' });
  Object.assign(chat.state.users.get(owner) ?? {}, { readReceipts: false });
  expect(await add(owner, newcomer)).toMatchObject({ userId: newcomer, lastReadSeq: 0 });
  expect(chat.live.published[0]).toMatchObject({ kind: 'member_added', member: { lastReadSeq: 1 } });
});

describe('refuses, changes nothing and publishes nothing:', () => {
  it('first a conversation that does not exist', async () => {
    conversationId = randomUUID();
    expect(await refusal(add(newcomer, randomUUID()))).toEqual(refused('CONVERSATION_NOT_FOUND'));
  });

  it('then a caller who is no member, whatever user is named', async () => {
    expect(await refusal(add(newcomer, randomUUID()))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
    expect(await refusal(add(newcomer, owner))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
    expect(await refusal(add(newcomer, newcomer))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
  });

  it('then an ordinary member, whomever they name', async () => {
    expect(await refusal(add(ordinary, randomUUID()))).toEqual(refused('CANNOT_ADD_MEMBER'));
    expect(await refusal(add(ordinary, owner))).toEqual(refused('CANNOT_ADD_MEMBER'));
    expect(await refusal(add(ordinary, newcomer))).toEqual(refused('CANNOT_ADD_MEMBER'));
  });

  it('then a user who does not exist', async () => {
    expect(await refusal(add(owner, randomUUID()))).toEqual(refused('USER_NOT_FOUND'));
  });

  it('then a user who is a member already', async () => {
    expect(await refusal(add(owner, ordinary))).toEqual(refused('ALREADY_CONVERSATION_MEMBER'));
    expect(await refusal(add(owner, owner))).toEqual(refused('ALREADY_CONVERSATION_MEMBER'));
  });

  it('one member too many', async () => {
    chat.state.conversation(conversationId).memberCount = 5_000;
    expect(await refusal(add(owner, newcomer))).toEqual(refused('CONVERSATION_FULL'));
  });

  it('a caller who is no member does not wait for the lock', async () => {
    chat.change.change = () => Promise.reject(new Error('The lock was asked for.'));
    expect(await refusal(add(newcomer, owner))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
  });

  it('a caller who lost the membership between the check and the lock', async () => {
    class EarlierMembers extends ConversationMemberRepositoryFake {
      override isMember = async () => true;
    }
    expect(await refusal(add(newcomer, newcomer, new EarlierMembers(chat.state)))).toEqual(
      refused('NOT_CONVERSATION_MEMBER'),
    );
  });
});

it('logs ids and the role, at the place between the messages', async () => {
  await chat.messages.create({ conversationId, senderId: owner, content: 'before' });
  await add(owner, newcomer);
  expect(chat.state.changesOf(conversationId)).toEqual([
    {
      rev: 2,
      kind: 'member_added',
      actorId: owner,
      subjectId: newcomer,
      afterSeq: 1,
      createdAt: expect.any(Date),
      data: { id: newcomer, role: 'member' },
    },
  ]);
});

it('an admin adds members too', async () => {
  Object.assign(chat.state.member(conversationId, ordinary) ?? {}, { role: 'admin' });
  expect(await add(ordinary, newcomer)).toMatchObject({ userId: newcomer });
});

const visibleFrom = async () =>
  (await chat.members.findConversationOfUser(newcomer, conversationId))?.me.visibleFromSeq;

describe('the history that a new member sees', () => {
  beforeEach(async () => {
    await chat.messages.create({ conversationId, senderId: owner, content: 'before' });
    chat.state.conversation(conversationId).adding = 'all';
  });

  it.each([
    ['member', 2, 2],
    ['member', 1, 1],
    ['admin', 2, 1],
  ] as const)('of a %s who sees it from %i is that from %i', async (role, seen, expected) => {
    Object.assign(chat.state.member(conversationId, ordinary) ?? {}, { role, visibleFromSeq: seen });
    await add(ordinary, newcomer);
    expect(await visibleFrom()).toBe(expected);
  });
});

it('of ten parallel additions one succeeds and is published', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 10 }, () => add(owner, newcomer)));
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(chat.live.published.map(({ kind }) => kind)).toEqual(['member_added', 'conversation_added']);
});
