import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import type { BanDraft } from '../../domain/models/ban.model.js';
import { MembershipEnd } from '../membership-end.js';
import {
  AddConversationMemberCommand,
  AddConversationMemberHandler,
} from './add-conversation-member.command.js';
import { BanMemberCommand, BanMemberHandler } from './ban-member.command.js';
import { ListBansHandler, ListBansQuery } from '../queries/list-bans.query.js';
import { UnbanMemberCommand, UnbanMemberHandler } from './unban-member.command.js';

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

const FOR_EVER: BanDraft = { until: null, reason: null };
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code }) => code,
  );
const ban = (requesterId: string, userId: string, draft = FOR_EVER) =>
  codeOf(
    new BanMemberHandler(
      chat.conversations,
      chat.members,
      chat.change,
      chat.bans,
      new MembershipEnd(chat.members),
    ).execute(new BanMemberCommand(conversationId, requesterId, userId, draft)),
  );
const unban = (requesterId: string, userId: string) =>
  codeOf(
    new UnbanMemberHandler(chat.conversations, chat.members, chat.change, chat.bans).execute(
      new UnbanMemberCommand(conversationId, requesterId, userId),
    ),
  );
const list = (requesterId: string) =>
  new ListBansHandler(chat.conversations, chat.members, chat.bans).execute(
    new ListBansQuery(conversationId, requesterId, 20),
  );
const add = (requesterId: string, userId: string) =>
  codeOf(
    new AddConversationMemberHandler(
      chat.conversations,
      chat.members,
      chat.change,
      chat.bans,
      chat.reach,
      chat.conversationQuota,
    ).execute(new AddConversationMemberCommand(conversationId, requesterId, userId)),
  );

it('removes the member, and nobody can add it again until the ban is lifted', async () => {
  expect(await ban(admin, member, { until: null, reason: 'Advertising' })).toBeNull();
  expect(chat.live.published).toMatchObject([
    { kind: 'member_removed', rev: 1, userId: member, actorId: admin, reason: 'banned' },
    { kind: 'conversation_removed', userId: member, reason: 'banned' },
  ]);
  expect(await add(owner, member)).toBe('MEMBER_BANNED');
  expect(await unban(owner, member)).toBeNull();
  expect(await add(owner, member)).toBeNull();
});

it('of somebody who is not a member takes no rev, nor does a repeat', async () => {
  expect(await ban(owner, stranger)).toBeNull();
  expect(await ban(owner, stranger, { until: null, reason: 'Again' })).toBeNull();
  expect((await list(owner)).data).toMatchObject([{ userId: stranger, bannedBy: owner, reason: 'Again' }]);
  expect(await add(owner, stranger)).toBe('MEMBER_BANNED');
  expect([chat.live.published, chat.state.changesOf(conversationId)]).toEqual([[], []]);
});

it('that has expired keeps nobody out, and is not listed', async () => {
  expect(await ban(owner, stranger, { until: new Date(Date.now() + 60_000), reason: null })).toBeNull();
  expect((await list(admin)).data).toHaveLength(1);
  Object.assign([...chat.state.bans.values()][0] ?? {}, { until: new Date(Date.now() - 1) });
  expect((await list(admin)).data).toEqual([]);
  expect(await add(owner, stranger)).toBeNull();
});

describe('refuses, changes nothing and publishes nothing:', () => {
  it('a reason that is too long, whoever calls', async () => {
    expect(await ban(stranger, member, { until: null, reason: 'x'.repeat(256) })).toBe('VALIDATION_FAILED');
  });

  it('then an unknown conversation, then a caller who is not a member, then an ordinary member', async () => {
    expect(await ban(stranger, member)).toBe('NOT_CONVERSATION_MEMBER');
    for (const userId of [owner, admin, stranger, randomUUID()])
      expect(await ban(member, userId)).toBe('CANNOT_REMOVE_MEMBER');
    conversationId = randomUUID();
    expect(await ban(owner, member)).toBe('CONVERSATION_NOT_FOUND');
  });

  it('then a user who does not exist, then one whom the role may not ban, then a time that has passed', async () => {
    expect(await ban(admin, randomUUID())).toBe('USER_NOT_FOUND');
    for (const userId of [owner, admin]) expect(await ban(admin, userId)).toBe('CANNOT_REMOVE_MEMBER');
    expect(await ban(owner, owner)).toBe('CANNOT_REMOVE_MEMBER');
    expect(await ban(owner, member, { until: new Date(0), reason: null })).toBe('VALIDATION_FAILED');
    expect([chat.state.bans.size, chat.live.published]).toEqual([0, []]);
  });

  it('a direct conversation', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    expect(await ban(owner, member)).toBe('DIRECT_CONVERSATION');
    expect(await unban(owner, member)).toBe('DIRECT_CONVERSATION');
  });
});

it('only the owner and the admins see and lift bans', async () => {
  await ban(owner, stranger);
  expect(await codeOf(list(member))).toBe('CANNOT_REMOVE_MEMBER');
  expect(await codeOf(list(stranger))).toBe('NOT_CONVERSATION_MEMBER');
  expect(await unban(member, stranger)).toBe('CANNOT_REMOVE_MEMBER');
  expect((await list(admin)).data).toHaveLength(1);
  expect(await unban(admin, stranger)).toBeNull();
  expect(await unban(admin, stranger)).toBeNull();
});
