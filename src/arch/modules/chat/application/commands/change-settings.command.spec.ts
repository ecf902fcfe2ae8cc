import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import type { SettingsDraft } from '../../domain/models/settings-draft.model.js';
import {
  GetConversationByIdHandler,
  GetConversationByIdQuery,
} from '../queries/get-conversation-by-id.query.js';
import { ChangeSettingsCommand, ChangeSettingsHandler } from './change-settings.command.js';

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

const answer = (requesterId: string, settings: SettingsDraft) =>
  new ChangeSettingsHandler(chat.conversations, chat.members, chat.change).execute(
    new ChangeSettingsCommand(conversationId, requesterId, settings),
  );
const change = (requesterId: string, settings: SettingsDraft) =>
  answer(requesterId, settings).then(
    () => null,
    ({ code }) => code,
  );
const makeAdmin = () => Object.assign(chat.state.member(conversationId, member) ?? {}, { role: 'admin' });

it('changes what differs, logs it with its new values, and emits it to the room', async () => {
  expect(await change(owner, { title: 'New', adding: 'all', metadata: null })).toBeNull();
  const changed = { title: 'New', adding: 'all' };
  const conversation = await chat.conversations.findById(conversationId);
  expect(conversation).toMatchObject({ ...changed, metadata: null, rev: 1 });
  expect(chat.live.published).toEqual([
    { kind: 'conversation_updated', conversationId, rev: 1, actorId: owner, changed, conversation },
  ]);
  expect(chat.state.changesOf(conversationId)).toMatchObject([{ subjectId: null, data: changed }]);
});

it('the present values again take no rev', async () => {
  await change(owner, { metadata: { a: 1, b: 2 } });
  expect(await change(owner, { metadata: { b: 2, a: 1 }, title: null })).toBeNull();
  expect(chat.state.changesOf(conversationId)).toHaveLength(1);
});

it('answers the conversation as it was stored, also when who has changed it is removed right after it', async () => {
  const settings = { title: 'New', slowModeSeconds: 5 };
  const shown = await new GetConversationByIdHandler(chat.conversations, chat.members).execute(
    new GetConversationByIdQuery(conversationId, owner),
  );
  vi.spyOn(chat.live, 'publish').mockImplementation(() => {
    chat.state.members.get(conversationId)?.delete(owner);
  });
  expect(await answer(owner, settings)).toEqual({ ...shown, ...settings, rev: 1 });
});

it('answers the conversation also when nothing changes', async () => {
  expect(await answer(owner, { title: null })).toMatchObject({ title: null, rev: 0, memberCount: 2 });
});

it('an admin changes settings too', async () => {
  makeAdmin();
  expect(await change(member, { title: 'New' })).toBeNull();
});

it('both members of a direct conversation change its metadata, and nothing else', async () => {
  chat.state.conversation(conversationId).type = 'direct';
  expect(await change(member, { metadata: { a: 1 } })).toBeNull();
  expect(await change(member, { metadata: null, title: 'New' })).toBe('DIRECT_CONVERSATION');
  for (const settings of [{ adding: 'all' }, { posting: 'admins' }, { slowModeSeconds: 1 }] as const)
    expect(await change(owner, settings)).toBe('DIRECT_CONVERSATION');
});

it('nobody changes a direct conversation of which one has blocked the other, not even as it is', async () => {
  chat.state.conversation(conversationId).type = 'direct';
  chat.state.blocks.set(`${owner} ${member}`, new Date());
  for (const userId of [owner, member])
    for (const metadata of [{ a: 1 }, null])
      expect(await change(userId, { metadata })).toBe('USER_NOT_REACHABLE');
  expect([chat.live.published, chat.state.changesOf(conversationId)]).toEqual([[], []]);
});

describe('refuses, changes nothing and publishes nothing:', () => {
  it.each<[SettingsDraft]>([[{}], [{ title: ' ' }], [{ metadata: { a: '\0' } }]])(
    'first the settings %j, whoever calls',
    async (settings) => {
      expect(await change(stranger, settings)).toBe('VALIDATION_FAILED');
    },
  );

  it('then an unknown conversation, then a caller who is not a member, then an ordinary member', async () => {
    expect(await change(stranger, { title: 'New' })).toBe('NOT_CONVERSATION_MEMBER');
    expect(await change(member, { title: 'New' })).toBe('CANNOT_CHANGE_CONVERSATION');
    conversationId = randomUUID();
    expect(await change(owner, { title: 'New' })).toBe('CONVERSATION_NOT_FOUND');
    expect(chat.live.published).toEqual([]);
  });
});
