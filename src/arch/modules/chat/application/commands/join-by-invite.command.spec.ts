import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { conversationDeletion } from '../../domain/models/conversation-change.model.js';
import { MEMBERS_MAX } from '../../domain/models/conversation.model.js';
import type { InviteDraft, NewInvite } from '../../domain/models/invite.model.js';
import { GetInviteHandler, GetInviteQuery } from '../queries/get-invite.query.js';
import { JoinByInviteCommand, JoinByInviteHandler } from './join-by-invite.command.js';

let chat: FakeChat;
let owner: string;
let stranger: string;
let other: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  [owner, stranger, other] = [await chat.signUp(), await chat.signUp(), await chat.signUp()];
  conversationId = await chat.converse(owner);
  await chat.messages.create({ conversationId, senderId: owner, content: 'before' });
});

const invite = (draft: Partial<InviteDraft> = {}) =>
  chat.invites.createInvite(conversationId, owner, {
    expiresInSeconds: 60,
    maxUses: 1,
    history: 'all',
    ...draft,
  });
const join = (userId: string, { token }: Pick<NewInvite, 'token'>) =>
  new JoinByInviteHandler(chat.members, chat.change, chat.bans, chat.invites).execute(
    new JoinByInviteCommand(token, userId),
  );
const look = (userId: string, { token }: Pick<NewInvite, 'token'>) =>
  new GetInviteHandler(chat.conversations, chat.members, chat.bans, chat.invites).execute(
    new GetInviteQuery(token, userId),
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code }) => code,
  );
/** What both answer. */
const codesFor = async (userId: string, made: Pick<NewInvite, 'token'>) => [
  await codeOf(look(userId, made)),
  await codeOf(join(userId, made)),
];
const uses = ({ id }: NewInvite) => chat.state.invites.get(id)?.uses;
const isMember = (userId: string) => chat.state.member(conversationId, userId) !== undefined;

it('whoever has the token joins as a member, takes a rev, and everybody hears it', async () => {
  const joined = await join(stranger, await invite());
  expect(joined).toMatchObject({ id: conversationId, memberCount: 2, rev: 2, lastSeq: 1 });
  expect(joined.lastMessage).toMatchObject({ content: 'before' });
  expect(chat.state.changesOf(conversationId)).toMatchObject([
    {
      rev: 2,
      kind: 'member_added',
      actorId: stranger,
      subjectId: stranger,
      afterSeq: 1,
      data: { id: stranger, role: 'member', via: 'invite' },
    },
  ]);
  expect(chat.live.published).toMatchObject([
    { kind: 'member_added', rev: 2, member: { userId: stranger, role: 'member' }, via: 'invite' },
    { kind: 'conversation_added', userId: stranger },
  ]);
});

it('of an invite without history sees nothing from before', async () => {
  expect((await join(stranger, await invite({ history: 'none' }))).lastMessage).toBeNull();
  expect(chat.state.member(conversationId, stranger)?.visibleFromSeq).toBe(2);
});

it('a repeat changes nothing, also of the last use, and answers the same', async () => {
  const made = await invite();
  const first = await join(stranger, made);
  expect(await join(stranger, made)).toEqual(first);
  expect(await join(owner, made)).toMatchObject({ id: conversationId, me: { role: 'owner' } });
  expect([uses(made), chat.state.changesOf(conversationId).length]).toEqual([1, 1]);
  expect(chat.live.published).toHaveLength(2);
});

it('each use counts, and only of who joins', async () => {
  const made = await invite({ maxUses: 3 });
  for (const userId of [stranger, stranger, owner, other]) await join(userId, made);
  expect(uses(made)).toBe(2);
});

it('shows the conversation from outside, and whether one is a member', async () => {
  const made = await invite();
  chat.state.conversation(conversationId).title = 'Title';
  expect(await look(stranger, made)).toEqual({ title: 'Title', memberCount: 1, isMember: false });
  await join(stranger, made);
  expect(await look(stranger, made)).toEqual({ title: 'Title', memberCount: 2, isMember: true });
  expect(uses(made)).toBe(1);
});

it('asks nobody: neither who may add members nor who has blocked whom matters', async () => {
  chat.state.blocks.set(`${owner} ${stranger}`, new Date());
  chat.state.blocks.set(`${stranger} ${owner}`, new Date());
  expect(await codeOf(join(stranger, await invite()))).toBeNull();
});

describe('refuses, counts nothing and publishes nothing:', () => {
  it('one code for what is no token, and for an invite that is spent, revoked or expired', async () => {
    const [spent, revoked, expired] = [await invite(), await invite(), await invite()];
    await join(other, spent);
    await chat.invites.deleteInvite(conversationId, revoked.id);
    Object.assign(chat.state.invites.get(expired.id) ?? {}, { expiresAt: new Date(0) });
    chat.live.published.length = 0;
    for (const made of [{ token: '' }, { token: 'x' }, spent, revoked, expired])
      expect(await codesFor(stranger, made)).toEqual(['INVITE_NOT_FOUND', 'INVITE_NOT_FOUND']);
    expect([isMember(stranger), chat.live.published]).toEqual([false, []]);
  });

  it('the same code in a conversation that is deleted, also while one joins', async () => {
    const made = await invite();
    chat.state.conversation(conversationId).isDeleted = true;
    expect(await codesFor(stranger, made)).toEqual(['INVITE_NOT_FOUND', 'INVITE_NOT_FOUND']);
    Object.assign(chat.state.conversations.get(conversationId) ?? {}, { isDeleted: false });
    await chat.change.change(conversationId, owner, () => [conversationDeletion([owner])]);
    expect(await codesFor(stranger, made)).toEqual(['INVITE_NOT_FOUND', 'INVITE_NOT_FOUND']);
  });

  it('who was a member with the last use, and is not any more', async () => {
    const made = await invite();
    await join(stranger, made);
    chat.state.members.get(conversationId)?.delete(stranger);
    expect(await codesFor(stranger, made)).toEqual(['INVITE_NOT_FOUND', 'INVITE_NOT_FOUND']);
  });

  it('who is banned', async () => {
    const made = await invite();
    await chat.bans.storeBan(conversationId, stranger, owner, { until: null, reason: null });
    expect(await codesFor(stranger, made)).toEqual(['MEMBER_BANNED', 'MEMBER_BANNED']);
    expect([isMember(stranger), uses(made), chat.live.published]).toEqual([false, 0, []]);
  });

  it('who finds the conversation full, which is shown all the same', async () => {
    const made = await invite();
    chat.state.conversation(conversationId).memberCount = MEMBERS_MAX;
    expect(await codesFor(stranger, made)).toEqual([null, 'CONVERSATION_FULL']);
    expect([isMember(stranger), uses(made)]).toEqual([false, 0]);
  });

  it('whose account is being deleted', async () => {
    const made = await invite();
    chat.state.users.delete(stranger);
    expect(await codeOf(join(stranger, made))).toBe('USER_NOT_FOUND');
    expect(uses(made)).toBe(0);
  });
});
