import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { MembershipEnd } from '../membership-end.js';
import { RemoveMemberCommand, RemoveMemberHandler } from './remove-member.command.js';

let chat: FakeChat;
let owner: string;
let admin: string;
let member: string;
let stranger: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  [owner, admin, member] = [await chat.signUp(), await chat.signUp(), await chat.signUp()];
  stranger = await chat.signUp();
  conversationId = await chat.converse(owner, admin, member);
  Object.assign(chat.state.member(conversationId, admin) ?? {}, { role: 'admin' });
});

const remove = (requesterId: string, userId: string) =>
  new RemoveMemberHandler(
    chat.conversations,
    chat.members,
    chat.change,
    new MembershipEnd(chat.members),
  ).execute(new RemoveMemberCommand(conversationId, requesterId, userId));
const roles = async () =>
  Object.fromEntries(
    (await chat.members.findMembersByConversation(conversationId)).map(({ userId, role }) => [userId, role]),
  );
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code }) => code,
  );

it('removes the member, emits it to the room, and to the user that the conversation is gone', async () => {
  await remove(owner, member);
  expect(await roles()).toEqual({ [owner]: 'owner', [admin]: 'admin' });
  const left = { conversationId, userId: member, reason: 'removed' };
  expect(chat.live.published).toEqual([
    { kind: 'member_removed', rev: 1, actorId: owner, ...left },
    { kind: 'conversation_removed', ...left },
  ]);
  expect(chat.state.changesOf(conversationId)).toMatchObject([
    { rev: 1, actorId: owner, subjectId: member, data: { reason: 'removed' } },
  ]);
});

it('a member who removes itself leaves', async () => {
  await remove(member, member);
  expect(chat.live.published).toMatchObject([
    { kind: 'member_removed', userId: member, actorId: member, reason: 'left' },
    { kind: 'conversation_removed', userId: member, reason: 'left' },
  ]);
});

it('an owner who leaves names the heir in the same change', async () => {
  await remove(owner, owner);
  expect(await roles()).toEqual({ [admin]: 'owner', [member]: 'member' });
  expect(chat.live.published[0]).toMatchObject({ rev: 1, reason: 'left', heirId: admin });
});

it('the last member who leaves deletes the conversation', async () => {
  for (const userId of [admin, member, owner]) await remove(userId, userId);
  expect(chat.live.published.at(-1)).toEqual({
    kind: 'conversation_removed',
    conversationId,
    userId: owner,
    reason: 'deleted',
  });
  expect(chat.state.changesOf(conversationId).map(({ kind }) => kind)).toEqual([
    'member_removed',
    'member_removed',
    'conversation_deleted',
  ]);
  expect(await refusal(remove(owner, owner))).toBe('CONVERSATION_NOT_FOUND');
});

describe('refuses, changes nothing and publishes nothing:', () => {
  it.each([
    [
      'first an unknown conversation',
      () => (conversationId = randomUUID()),
      () => owner,
      'CONVERSATION_NOT_FOUND',
    ],
    ['then a caller who is not a member', () => undefined, () => stranger, 'NOT_CONVERSATION_MEMBER'],
  ])('%s', async (_, prepare, caller, code) => {
    prepare();
    expect(await refusal(remove(caller(), member))).toBe(code);
    expect(chat.live.published).toEqual([]);
  });

  it('then any removal or leaving in a direct conversation', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    for (const userId of [owner, member, stranger])
      expect(await refusal(remove(owner, userId))).toBe('DIRECT_CONVERSATION');
  });

  it('then a member, whoever is to be removed, so that it does not find out who is here', async () => {
    for (const userId of [owner, admin, stranger, randomUUID()])
      expect(await refusal(remove(member, userId))).toBe('CANNOT_REMOVE_MEMBER');
  });

  it('then a user who is not a member', async () => {
    for (const userId of [stranger, randomUUID()])
      expect(await refusal(remove(admin, userId))).toBe('MEMBER_NOT_FOUND');
  });

  it('then an admin who removes the owner or another admin', async () => {
    Object.assign(chat.state.member(conversationId, member) ?? {}, { role: 'admin' });
    for (const userId of [owner, member])
      expect(await refusal(remove(admin, userId))).toBe('CANNOT_REMOVE_MEMBER');
    expect(chat.state.changesOf(conversationId)).toEqual([]);
  });
});
