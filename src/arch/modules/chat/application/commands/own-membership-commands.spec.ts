import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import type { MembershipChange } from '../../domain/models/own-membership.model.js';
import { ChangeOwnMembershipCommand, ChangeOwnMembershipHandler } from './change-own-membership.command.js';
import { ClearHistoryCommand, ClearHistoryHandler } from './clear-history.command.js';

let chat: FakeChat;
let owner: string;
let reader: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  owner = await chat.signUp();
  reader = await chat.signUp();
  conversationId = await chat.converse(owner, reader);
  for (let n = 0; n < 4; n += 1)
    await chat.messages.create({ conversationId, senderId: owner, content: String(n) });
  chat.live.published.length = 0;
});

const ports = () => [chat.conversations, chat.members, chat.memberships, chat.live] as const;
const change = (wanted: MembershipChange, userId = reader, id = conversationId) =>
  new ChangeOwnMembershipHandler(...ports()).execute(new ChangeOwnMembershipCommand(id, userId, wanted));
const clear = (userId = reader, id = conversationId) =>
  new ClearHistoryHandler(...ports(), chat.heads).execute(new ClearHistoryCommand(id, userId));
const published = () => chat.live.published.map(({ kind }) => kind);

it('a setting is told to the member alone, once', async () => {
  const me = await change({ pinned: true, notify: 'none' });
  expect(me).toMatchObject({ notify: 'none', version: 1 });
  expect(chat.live.published).toEqual([
    { kind: 'me_updated', conversationId, userId: reader, me, socketId: undefined },
  ]);
  expect(await change({ pinned: true })).toEqual(me);
  expect(published()).toEqual(['me_updated']);
});

it('a position that goes forward is told to the room too', async () => {
  expect(await change({ lastReadSeq: 3 })).toMatchObject({ lastReadSeq: 3, unreadCount: 1 });
  expect(published()).toEqual(['message_read', 'me_updated']);
});

it('one that goes back is told to the member alone', async () => {
  await chat.memberships.markRead(conversationId, reader, 3);
  expect(await change({ lastReadSeq: 1 })).toMatchObject({ lastReadSeq: 1, unreadCount: 3 });
  expect(published()).toEqual(['me_updated']);
});

it('who has switched read receipts off tells the room nothing', async () => {
  const user = chat.state.users.get(reader);
  if (user) user.readReceipts = false;
  await change({ lastReadSeq: 3 });
  expect(published()).toEqual(['me_updated']);
});

it('clearing reads all, and a second time changes nothing', async () => {
  await clear();
  expect(chat.live.published).toMatchObject([
    { kind: 'message_read', lastReadSeq: 4 },
    { kind: 'me_updated', me: { visibleFromSeq: 5, lastReadSeq: 4, unreadCount: 0 } },
  ]);
  await clear();
  expect(published()).toHaveLength(2);
  const { rev } = chat.state.conversation(conversationId);
  const hidden = { conversationId, userId: reader, visibleFromSeq: 5, rev };
  expect(chat.live.hidden).toEqual([hidden, hidden]);
});

describe.each([
  ['a change', (userId: string, id: string) => change({ pinned: true }, userId, id)],
  ['clearing', (userId: string, id: string) => clear(userId, id)],
])('%s', (_, act) => {
  it('is refused to a stranger, and of an unknown conversation', async () => {
    const stranger = await chat.signUp();
    await expect(act(stranger, conversationId)).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    await expect(act(reader, randomUUID())).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    expect(published()).toEqual([]);
  });

  it('is refused to a member who is removed while it runs', async () => {
    const stranger = await chat.signUp();
    Object.assign(chat.members, { isMember: async () => true });
    await expect(act(stranger, conversationId)).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    expect(published()).toEqual([]);
  });
});
