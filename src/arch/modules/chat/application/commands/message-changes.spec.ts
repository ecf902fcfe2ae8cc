import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import type { EditDraft } from '../../domain/models/edit-draft.model.js';
import { type EditHistory, EditRules } from '../../domain/models/edit-rules.model.js';
import { PINS_MAX } from '../../domain/services/message-change.policy.js';
import { GetMessageHandler, GetMessageQuery } from '../queries/get-message.query.js';
import { ListPinsHandler, ListPinsQuery } from '../queries/list-pins.query.js';
import { ListVersionsHandler, ListVersionsQuery } from '../queries/list-versions.query.js';
import { DeleteMessageCommand, DeleteMessageHandler } from './delete-message.command.js';
import { EditMessageCommand, EditMessageHandler } from './edit-message.command.js';
import { SetPinCommand, SetPinHandler } from './set-pin.command.js';

let chat: FakeChat;
let owner: string;
let author: string;
let other: string;
let stranger: string;
let conversationId: string;
let messageId: string;

beforeEach(async () => {
  chat = new FakeChat();
  [owner, author, other, stranger] = [
    await chat.signUp(),
    await chat.signUp(),
    await chat.signUp(),
    await chat.signUp(),
  ];
  conversationId = await chat.converse(owner, author, other);
  messageId = await say('Hello!');
});

const say = async (content: string, senderId = author) =>
  (await chat.messages.create({ conversationId, senderId, content })).message.id;
const stored = () => chat.state.messagesOf(conversationId).find(({ id }) => id === messageId);
const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch(({ code }) => code);

interface Edit {
  readonly by?: string;
  readonly draft?: EditDraft;
  readonly expectedRev?: number;
  readonly rules?: EditRules;
}
const edit = ({ by = author, draft = { content: 'New' }, expectedRev, rules = new EditRules() }: Edit = {}) =>
  outcome(
    new EditMessageHandler(chat.conversations, chat.members, chat.messageChange, chat.quota, rules).execute(
      new EditMessageCommand(conversationId, by, messageId, draft, expectedRev),
    ),
  );
const remove = (by = author) =>
  outcome(
    new DeleteMessageHandler(chat.conversations, chat.members, chat.messageChange).execute(
      new DeleteMessageCommand(conversationId, by, messageId),
    ),
  );
const pin = (isPinned = true, by = owner) =>
  outcome(
    new SetPinHandler(chat.conversations, chat.members, chat.messageChange, chat.pins).execute(
      new SetPinCommand(conversationId, by, messageId, isPinned),
    ),
  );
const read = (by = other) =>
  outcome(
    new GetMessageHandler(chat.conversations, chat.members, chat.messages).execute(
      new GetMessageQuery(conversationId, by, messageId),
    ),
  );
const versions = (by = author, history?: EditHistory) =>
  outcome(
    new ListVersionsHandler(
      chat.conversations,
      chat.members,
      chat.messages,
      chat.versions,
      new EditRules(0, history),
    ).execute(new ListVersionsQuery(conversationId, by, messageId, 20)),
  );
const pinned = (by = other) =>
  outcome(
    new ListPinsHandler(chat.conversations, chat.members, chat.pins).execute(
      new ListPinsQuery(conversationId, by, 20),
    ),
  );
const hideFrom = (userId: string) =>
  Object.assign(chat.state.member(conversationId, userId) ?? {}, { visibleFromSeq: 2 });

describe('an edit', () => {
  it('answers the message and publishes it', async () => {
    expect(await edit()).toMatchObject({ id: messageId, content: 'New', rev: 2 });
    expect(chat.live.published).toMatchObject([
      { kind: 'message_updated', change: 'edited', actorId: author, rev: 2, message: { content: 'New' } },
    ]);
  });

  it('with the same text changes nothing', async () => {
    expect(await edit({ draft: { content: 'Hello!' } })).toMatchObject({ rev: 1, editedAt: null });
    expect(chat.live.published).toEqual([]);
  });

  it('changes mentions and metadata alone, and only when they are others', async () => {
    const draft = { mentions: [other, other, stranger], metadata: { a: 1, b: 2 } };
    expect(await edit({ draft })).toMatchObject({
      content: 'Hello!',
      rev: 2,
      mentions: [other],
      metadata: { a: 1 },
    });
    expect(await edit({ draft: { mentions: [other], metadata: { b: 2, a: 1 } } })).toMatchObject({ rev: 2 });
    expect(await edit({ draft: { mentions: [], mentionsAll: false } })).toMatchObject({
      rev: 3,
      metadata: { a: 1 },
    });
    expect(await edit({ draft: { mentions: [], metadata: { a: 1, b: 2 } } })).toMatchObject({ rev: 3 });
    const kept = await versions();
    expect(kept).toMatchObject({ data: [{ content: 'Hello!' }] });
  });

  it('that names who is not a member changes nothing by that, also of a mentioned former member', async () => {
    await edit({ draft: { mentions: [stranger, other] } });
    const published = chat.live.published.length;
    expect(await edit({ draft: { mentions: [stranger, other] } })).toMatchObject({ rev: 2 });
    chat.state.members.get(conversationId)?.delete(other);
    expect(await edit({ draft: { mentions: [other] } })).toMatchObject({ rev: 2, mentions: [other] });
    expect(chat.live.published).toHaveLength(published);
    for (let times = 0; times < 2; times += 1)
      expect(await edit({ draft: { mentions: [other, stranger] } })).toMatchObject({ rev: 3 });
  });

  it('mentions everybody with the right to it, which whoever has lost it may leave as it is', async () => {
    expect(await edit({ draft: { mentionsAll: true } })).toBe('CANNOT_MENTION_ALL');
    Object.assign(chat.state.member(conversationId, author) ?? {}, { role: 'admin' });
    expect(await edit({ draft: { mentionsAll: true } })).toMatchObject({ rev: 2, mentionsAll: true });
    Object.assign(chat.state.member(conversationId, author) ?? {}, { role: 'member' });
    expect(await edit({ draft: { content: 'New', mentionsAll: true } })).toMatchObject({
      rev: 3,
      mentionsAll: true,
    });
    expect(await edit({ draft: { mentionsAll: false } })).toMatchObject({ rev: 4 });
  });

  it('may say which rev it has seen', async () => {
    expect(await edit({ expectedRev: 2 })).toBe('MESSAGE_CHANGED');
    expect(await edit({ expectedRev: 1 })).toMatchObject({ rev: 2 });
    // The message that the author has seen has changed, also when the text would be the same.
    expect(await edit({ expectedRev: 1 })).toBe('MESSAGE_CHANGED');
  });

  it('counts like a message, and not before the author has the right to the conversation', async () => {
    chat.quota.mostMessages = 1;
    expect(await edit({ by: stranger })).toBe('NOT_CONVERSATION_MEMBER');
    expect(await edit()).toMatchObject({ rev: 2 });
    expect(await edit({ draft: { content: 'Newer' } })).toBe('RATE_LIMITED');
  });

  it('is possible for as long as the rules say, by the time of the database', async () => {
    Object.assign(stored() ?? {}, { createdAt: new Date(Date.now() - 60_000) });
    expect(await edit({ rules: new EditRules(59) })).toBe('EDIT_WINDOW_CLOSED');
    expect(await edit({ rules: new EditRules(120) })).toMatchObject({ content: 'New' });
  });

  it.each<[EditDraft]>([
    [{}],
    [{ mentions: Array<string>(51).fill('x') }],
    [{ metadata: { a: 'x'.repeat(4_096) } }],
    [{ content: '' }],
    [{ content: ' ' }],
    [{ content: 'x'.repeat(4_001) }],
  ])('refuses %j, whoever calls', async (draft) => {
    expect(await edit({ by: stranger, draft })).toBe('VALIDATION_FAILED');
  });

  it('is refused in this order', async () => {
    const known = [conversationId, messageId] as const;
    chat.state.conversation(conversationId).posting = 'admins';
    Object.assign(stored() ?? {}, { createdAt: new Date(0) });
    const all = { by: other, expectedRev: 9, rules: new EditRules(1) };
    conversationId = randomUUID();
    expect(await edit(all)).toBe('CONVERSATION_NOT_FOUND');
    [conversationId] = known;
    expect(await edit({ ...all, by: stranger })).toBe('NOT_CONVERSATION_MEMBER');
    messageId = randomUUID();
    expect(await edit(all)).toBe('MESSAGE_NOT_FOUND');
    [, messageId] = known;
    hideFrom(other);
    expect(await edit(all)).toBe('MESSAGE_NOT_FOUND');
    Object.assign(chat.state.member(conversationId, other) ?? {}, { visibleFromSeq: 1 });
    expect(await edit(all)).toBe('NOT_MESSAGE_AUTHOR');
    expect(await edit({ ...all, by: author })).toBe('EDIT_WINDOW_CLOSED');
    expect(await edit({ expectedRev: 9 })).toBe('MESSAGE_CHANGED');
    expect(await edit()).toBe('POSTING_RESTRICTED');
    chat.state.conversation(conversationId).posting = 'all';
    await remove();
    expect(await edit(all)).toBe('MESSAGE_DELETED');
  });

  it('is not for moderators, and not subject to slow mode', async () => {
    expect(await edit({ by: owner })).toBe('NOT_MESSAGE_AUTHOR');
    chat.state.conversation(conversationId).slowModeSeconds = 60;
    expect(await edit()).toMatchObject({ rev: 2 });
  });

  it('is refused in a direct conversation in which one has blocked the other', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    chat.state.blocks.set(`${other} ${author}`, new Date());
    expect(await edit()).toBe('USER_NOT_REACHABLE');
  });
});

describe('earlier versions', () => {
  it('are shown to the author, the owner and the admins', async () => {
    await edit();
    const page = {
      data: [{ version: 1, content: 'Hello!', validUntil: expect.any(Date) }],
      nextCursor: null,
    };
    expect(await versions()).toEqual(page);
    expect(await versions(owner)).toEqual(page);
    expect(await versions(other)).toBe('NOT_MESSAGE_AUTHOR');
    expect(await versions(stranger)).toBe('NOT_CONVERSATION_MEMBER');
    expect(await versions(other, 'members')).toEqual(page);
    hideFrom(other);
    expect(await versions(other, 'members')).toBe('MESSAGE_NOT_FOUND');
  });

  it('switched off, are neither shown nor kept', async () => {
    await edit();
    await edit({ draft: { content: 'Newer' }, rules: new EditRules(0, 'off') });
    expect(await versions(author, 'off')).toEqual({ data: [], nextCursor: null });
    expect(await versions(other, 'off')).toBe('NOT_MESSAGE_AUTHOR');
    expect(await versions()).toMatchObject({ data: [{ content: 'Hello!' }] });
  });
});

describe('a deletion', () => {
  it('leaves the place, whoever of the two may delete it', async () => {
    expect(await remove(owner)).toBeUndefined();
    expect(stored()).toMatchObject({ content: '', deletedBy: owner, seq: 1, rev: 2 });
    expect(chat.live.published).toMatchObject([{ change: 'deleted', message: { content: '', rev: 2 } }]);
    expect(await read()).toMatchObject({ content: '', deletedBy: owner });
  });

  it('again changes nothing, and is refused as before', async () => {
    await remove();
    expect(await remove(owner)).toBeUndefined();
    expect(await remove(other)).toBe('CANNOT_DELETE_MESSAGE');
    expect(stored()).toMatchObject({ deletedBy: author, rev: 2 });
    expect(chat.live.published).toHaveLength(1);
  });

  it('is not for other members, nor for the other one of a direct conversation', async () => {
    expect(await remove(other)).toBe('CANNOT_DELETE_MESSAGE');
    expect(await remove(stranger)).toBe('NOT_CONVERSATION_MEMBER');
    hideFrom(other);
    expect(await remove(other)).toBe('MESSAGE_NOT_FOUND');
    Object.assign(chat.state.conversation(conversationId), { type: 'direct', posting: 'admins' });
    Object.assign(chat.state.member(conversationId, owner) ?? {}, { role: 'member' });
    expect(await remove(owner)).toBe('CANNOT_DELETE_MESSAGE');
    expect(await remove()).toBeUndefined();
  });
});

describe('a pin', () => {
  it('is set and taken by the owner and the admins, once', async () => {
    expect(await pin()).toMatchObject({ rev: 2, pinnedBy: owner });
    expect(await pin()).toMatchObject({ rev: 2 });
    expect(await pinned()).toMatchObject({ data: [{ id: messageId }], nextCursor: null });
    expect(await pin(false)).toMatchObject({ rev: 3 });
    expect(await pin(false)).toMatchObject({ rev: 3 });
    expect(chat.live.published.map((event) => 'change' in event && event.change)).toEqual([
      'pinned',
      'unpinned',
    ]);
  });

  it('is for members only in a direct conversation', async () => {
    expect(await pin(true, author)).toBe('CANNOT_PIN_MESSAGE');
    expect(await pin(false, author)).toBe('CANNOT_PIN_MESSAGE');
    chat.state.conversation(conversationId).type = 'direct';
    expect(await pin(true, author)).toMatchObject({ pinnedBy: author });
    expect(await pin(true, stranger)).toBe('NOT_CONVERSATION_MEMBER');
    expect(await pinned(stranger)).toBe('NOT_CONVERSATION_MEMBER');
  });

  it('is neither set nor taken in a direct conversation in which one has blocked the other', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    await pin();
    for (const pair of [`${other} ${author}`, `${author} ${other}`]) {
      chat.state.blocks = new Map([[pair, new Date()]]);
      for (const isPinned of [true, false]) expect(await pin(isPinned, author)).toBe('USER_NOT_REACHABLE');
    }
  });

  it('is not set on a deleted message, which loses the one that it has', async () => {
    await pin();
    await remove();
    expect(await pinned()).toEqual({ data: [], nextCursor: null });
    expect(await pin()).toBe('MESSAGE_DELETED');
    expect(await pin(false)).toBe('MESSAGE_DELETED');
    messageId = randomUUID();
    expect(await pin()).toBe('MESSAGE_NOT_FOUND');
  });

  it('is refused when there are too many, unless the message is pinned already', async () => {
    await pin();
    const first = messageId;
    for (let count = 1; count < PINS_MAX; count += 1) {
      messageId = await say('More');
      await pin();
    }
    messageId = await say('One too many');
    expect(await pin()).toBe('TOO_MANY_PINS');
    messageId = first;
    expect(await pin()).toMatchObject({ pinnedBy: owner });
    await pin(false);
    expect(await pin()).toMatchObject({ pinnedBy: owner });
  });
});

it('a message is read by who sees it', async () => {
  expect(await read()).toMatchObject({ id: messageId, content: 'Hello!' });
  expect(await read(stranger)).toBe('NOT_CONVERSATION_MEMBER');
  hideFrom(other);
  expect(await read()).toBe('MESSAGE_NOT_FOUND');
});
