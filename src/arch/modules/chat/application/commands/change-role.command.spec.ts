import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import type { MemberRole } from '../../domain/models/conversation-member.model.js';
import { ChangeRoleCommand, ChangeRoleHandler } from './change-role.command.js';

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

const change = (requesterId: string, userId: string, role: MemberRole) =>
  new ChangeRoleHandler(chat.conversations, chat.members, chat.change).execute(
    new ChangeRoleCommand(conversationId, requesterId, userId, role),
  );
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code }) => code,
  );
const roleOf = (userId: string) => chat.state.member(conversationId, userId)?.role;

it('gives a member another role, and emits it to the room', async () => {
  const changed = await change(owner, member, 'admin');
  expect(changed).toMatchObject({ userId: member, role: 'admin' });
  expect(chat.live.published).toEqual([
    { kind: 'member_updated', conversationId, rev: 1, actorId: owner, member: changed },
  ]);
  expect(await change(owner, member, 'member')).toMatchObject({ role: 'member' });
});

it('transfers the ownership in two changes: the old owner becomes an admin first', async () => {
  expect(await change(owner, member, 'owner')).toMatchObject({ userId: member, role: 'owner' });
  expect([roleOf(owner), roleOf(member)]).toEqual(['admin', 'owner']);
  expect(chat.live.published).toMatchObject([
    { rev: 1, member: { userId: owner, role: 'admin' } },
    { rev: 2, member: { userId: member, role: 'owner' } },
  ]);
  expect(await refusal(change(owner, member, 'member'))).toBe('CANNOT_CHANGE_ROLE');
});

it.each([
  ['the member', () => member, 'member'],
  ['the owner', () => owner, 'owner'],
] as const)('the present role of %s again answers it, and takes no rev', async (_, user, role) => {
  expect(await change(owner, user(), role)).toMatchObject({ userId: user(), role });
  expect([chat.live.published, chat.state.changesOf(conversationId)]).toEqual([[], []]);
});

it('answers the stored change, also when the member is removed right after it', async () => {
  vi.spyOn(chat.live, 'publish').mockImplementation(
    () => void chat.state.members.get(conversationId)?.delete(member),
  );
  expect(await change(owner, member, 'admin')).toMatchObject({ userId: member, role: 'admin' });
});

it('raises the version of what the member sees of its own membership', async () => {
  await change(owner, member, 'admin');
  expect((await chat.members.findConversationOfUser(member, conversationId))?.me).toMatchObject({
    role: 'admin',
    version: 1,
  });
});

describe('refuses, changes nothing and publishes nothing:', () => {
  it('first an unknown conversation, then a caller who is not a member', async () => {
    expect(await refusal(change(stranger, member, 'admin'))).toBe('NOT_CONVERSATION_MEMBER');
    conversationId = randomUUID();
    expect(await refusal(change(owner, member, 'admin'))).toBe('CONVERSATION_NOT_FOUND');
  });

  it('then a direct conversation', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    expect(await refusal(change(owner, member, 'admin'))).toBe('DIRECT_CONVERSATION');
  });

  it.each(['admin', 'member'] as const)('then an ordinary %s, whomever it is about', async (role) => {
    Object.assign(chat.state.member(conversationId, member) ?? {}, { role });
    for (const userId of [owner, member, stranger, randomUUID()])
      expect(await refusal(change(member, userId, 'member'))).toBe('CANNOT_CHANGE_ROLE');
  });

  it('then a user who is not a member', async () => {
    for (const userId of [stranger, randomUUID()])
      expect(await refusal(change(owner, userId, 'admin'))).toBe('MEMBER_NOT_FOUND');
  });

  it('then an owner who steps down without a successor', async () => {
    for (const role of ['admin', 'member'] as const)
      expect(await refusal(change(owner, owner, role))).toBe('CANNOT_CHANGE_ROLE');
    expect([roleOf(owner), chat.live.published]).toEqual(['owner', []]);
  });
});
