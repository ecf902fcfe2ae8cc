import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addMember, say } from '../../../../../../test/contract/chat-subject.js';
import { ConversationMemberRepositoryFake } from '../../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { settingsChange } from '../../domain/models/conversation-change.model.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { GetConversationByIdHandler, GetConversationByIdQuery } from './get-conversation-by-id.query.js';
import { GetConversationHeadHandler, GetConversationHeadQuery } from './get-conversation-head.query.js';
import { ListChangesHandler, ListChangesQuery } from './list-changes.query.js';
import { ListConversationHeadsHandler, ListConversationHeadsQuery } from './list-conversation-heads.query.js';
import { ListTimelineHandler, ListTimelineQuery } from './list-timeline.query.js';
import { ListMembersHandler, ListMembersQuery } from './list-members.query.js';
import { ListMessageWindowHandler, ListMessageWindowQuery } from './list-message-window.query.js';
import { ListMessagesHandler, ListMessagesQuery } from './list-messages.query.js';
import { ListMyConversationsHandler, ListMyConversationsQuery } from './list-my-conversations.query.js';

import {
  ListRecentConversationsHandler,
  ListRecentConversationsQuery,
} from './list-recent-conversations.query.js';

let chat: FakeChat;
let owner: string;
let stranger: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  owner = await chat.signUp('Ada');
  stranger = await chat.signUp();
  conversationId = await chat.converse(owner, await chat.signUp());
  for (const content of ['1', '2', '3', '4', '5']) {
    await chat.messages.create({ conversationId, senderId: owner, content });
  }
});

const windows = () =>
  new ListMessageWindowHandler(chat.conversations, chat.members, chat.messages, chat.timeline);

const queries = {
  GetConversationById: (id: string, requester: string) =>
    new GetConversationByIdHandler(chat.conversations, chat.members).execute(
      new GetConversationByIdQuery(id, requester),
    ),
  GetConversationHead: (id: string, requester: string) =>
    new GetConversationHeadHandler(chat.conversations, chat.members, chat.epoch).execute(
      new GetConversationHeadQuery(id, requester),
    ),
  ListMembers: (id: string, requester: string) =>
    new ListMembersHandler(chat.conversations, chat.members).execute(
      new ListMembersQuery(id, requester, 100),
    ),
  ListMessages: (id: string, requester: string, page = 1) =>
    new ListMessagesHandler(chat.conversations, chat.members, chat.messages).execute(
      new ListMessagesQuery(id, requester, page, 2),
    ),
  ListChanges: (id: string, requester: string, since = 0, limit = 2, epoch?: string) =>
    new ListChangesHandler(
      chat.conversations,
      chat.members,
      chat.changes,
      chat.positions,
      chat.epoch,
    ).execute(new ListChangesQuery(id, requester, since, limit, epoch)),
  ListTimeline: (id: string, requester: string, since = 0, limit = 2, epoch?: string) =>
    new ListTimelineHandler(
      chat.conversations,
      chat.members,
      chat.timeline,
      chat.positions,
      chat.epoch,
    ).execute(new ListTimelineQuery(id, requester, since, limit, epoch)),
  ListMessageWindow: (id: string, requester: string, seq = 3) =>
    windows().execute(new ListMessageWindowQuery(id, requester, { kind: 'around', seq }, 3)),
};

describe.each(Object.entries(queries))('%s', (_, query) => {
  it('refuses an unknown conversation, whoever the caller is', async () => {
    await expect(query(randomUUID(), stranger)).rejects.toThrow(ConversationNotFoundError);
  });

  it('refuses users who are no members', async () => {
    await expect(query(conversationId, stranger)).rejects.toThrow(NotConversationMemberError);
  });

  it('refuses a removed member', async () => {
    chat.state.members.get(conversationId)?.delete(owner);
    await expect(query(conversationId, owner)).rejects.toThrow(NotConversationMemberError);
  });
});

it('GetConversationById answers the conversation as its member sees it, with all members', async () => {
  expect(await queries.GetConversationById(conversationId, owner)).toEqual({
    ...(await chat.members.findConversationOfUser(owner, conversationId)),
    members: await chat.members.findMembersByConversation(conversationId),
    membersCursor: null,
  });
});

it('GetConversationById answers the first 100 members, how many there are, and where the others are', async () => {
  await fillTo(250);
  const { members, membersCursor, memberCount } = await queries.GetConversationById(conversationId, owner);
  expect(memberCount).toBe(250);
  const all = await chat.members.findMembersByConversation(conversationId);
  expect(members).toEqual(all.slice(0, 100));
  const next = new ListMembersQuery(conversationId, owner, 100, membersCursor ?? '');
  const { data } = await new ListMembersHandler(chat.conversations, chat.members).execute(next);
  expect(data).toEqual(all.slice(100, 200));
});

/** Adds new members up to this number. */
async function fillTo(count: number): Promise<void> {
  const missing = count - (chat.state.members.get(conversationId)?.size ?? 0);
  for (let added = 0; added < missing; added += 1) {
    await addMember(chat, conversationId, owner, await chat.signUp());
  }
}

class MembersOfAMomentAgo extends ConversationMemberRepositoryFake {
  override isMember = async () => true;
}

it('ListChanges refuses a member who is removed while it runs', async () => {
  const members = new MembersOfAMomentAgo(chat.state);
  const found = new ListChangesHandler(
    chat.conversations,
    members,
    chat.changes,
    chat.positions,
    chat.epoch,
  ).execute(new ListChangesQuery(conversationId, stranger, 0, 100));
  await expect(found).rejects.toThrow(NotConversationMemberError);
});

it.each([
  [0, 2, [1, 2], 2, true],
  [0, 4, [1, 2, 3, 4], 4, true],
  [4, 1, [5], 6, false],
  [0, 5, [1, 2, 3, 4, 5], 6, false],
  [5, 1, [], 6, false],
  [6, 1, [], 6, false],
])('ListChanges after %i, at most %i', async (since, limit, revs, rev, hasMore) => {
  await addMember(chat, conversationId, owner, stranger);
  const page = await queries.ListChanges(conversationId, owner, since, limit);
  expect(page.messages.map((message) => message.rev)).toEqual(revs);
  expect(page).toMatchObject({ rev, hasMore, conversation: { rev: 6 }, epoch: 'epoch-1' });
  expect(await queries.ListChanges(conversationId, owner, since, limit, 'epoch-1')).toEqual(page);
});

it.each([
  [0, 2, [1, 2], [], 2, true],
  [4, 2, [5], [6], 6, true],
  [5, 3, [], [6, 7], 7, false],
  [6, 1, [], [7], 7, false],
  [7, 1, [], [], 7, false],
])(
  'ListTimeline after %i, at most %i messages and events',
  async (since, limit, seqs, events, rev, hasMore) => {
    await addMember(chat, conversationId, owner, stranger);
    await addMember(chat, conversationId, owner, await chat.signUp());
    const page = await queries.ListTimeline(conversationId, owner, since, limit);
    expect(page.messages.map((message) => message.rev)).toEqual(seqs);
    expect(page.events.map((event) => event.rev)).toEqual(events);
    const { rev: head } = page.conversation;
    expect(page).toMatchObject({ rev, hasMore, members: null, membersTruncated: false, epoch: 'epoch-1' });
    expect(head).toBe(7);
    expect(await queries.ListTimeline(conversationId, owner, since, limit, 'epoch-1')).toEqual(page);
  },
);

it.each([
  [6, undefined],
  [5, 'epoch-2'],
])('ListTimeline after %i, in the epoch %s, has to start over', async (since, epoch) => {
  const changes = queries.ListTimeline(conversationId, owner, since, 2, epoch);
  await expect(changes).rejects.toThrow('start over');
});

it('the items of a page of ListTimeline follow on each other, also after an overtaken number', async () => {
  const [first] = chat.state.messagesOf(conversationId);
  if (first) first.rev = chat.state.conversation(conversationId).rev += 1;
  const { messages } = await queries.ListTimeline(conversationId, owner, 0, 500);
  expect(messages.map(({ rev, prevRev }) => [rev, prevRev])).toEqual([
    [2, 0],
    [3, undefined],
    [4, undefined],
    [5, undefined],
    [6, undefined],
  ]);
});

it('ListTimeline shows the whole list of members or none: as many messages fit beside it as on a page', async () => {
  const state = chat.state.conversation(conversationId);
  state.rev += 1;
  state.membersRev = state.rev;
  expect((await queries.ListTimeline(conversationId, owner)).members).toBeNull();
  expect((await queries.ListTimeline(conversationId, owner, 0, 500)).members).toHaveLength(2);
  for (let count = 0; count < 5_000; count += 1) {
    const userId = await chat.signUp('x'.repeat(250));
    const member = chat.state.member(conversationId, owner);
    if (member) chat.state.members.get(conversationId)?.set(userId, { ...member, userId });
  }
  const page = await queries.ListTimeline(conversationId, owner, 0, 500);
  expect(page).toMatchObject({ members: null, membersTruncated: true, rev: 6 });
});

it.each([
  [{ kind: 'around', seq: 3 }, 3, []],
  [{ kind: 'before', seq: 4 }, 20, [2, 1]],
  [{ kind: 'after', seq: 4 }, 20, [8]],
  [{ kind: 'before', seq: 1 }, 20, [2, 1]],
] as const)('ListMessageWindow with events shows %j, %i messages: events %j', async (anchor, limit, revs) => {
  const id = await chat.converse(owner);
  const add = async () => addMember(chat, id, owner, await chat.signUp());
  await add();
  await add();
  for (const content of ['1', '2', '3', '4', '5']) {
    await chat.messages.create({ conversationId: id, senderId: owner, content });
  }
  await add();
  const found = await windows().execute(new ListMessageWindowQuery(id, owner, anchor, limit, true));
  expect(found.events?.map(({ rev }) => rev)).toEqual(revs);
  expect(found.eventsTruncated).toBe(false);
});

it('ListMessageWindow shows at most 500 events, the newest, and says when there are more', async () => {
  const id = await chat.converse(owner);
  const change = (count: number) =>
    chat.change.change(id, owner, () => Array.from({ length: count }, () => settingsChange({ title: 'x' })));
  const show = () =>
    windows().execute(new ListMessageWindowQuery(id, owner, { kind: 'before', seq: 1 }, 20, true));
  await change(500);
  expect(await show()).toMatchObject({ events: { length: 500 }, eventsTruncated: false });
  await change(1);
  const { events, eventsTruncated } = await show();
  expect([events?.at(0)?.rev, events?.at(-1)?.rev, eventsTruncated]).toEqual([501, 2, true]);
});

it.each([
  [6, undefined],
  [Number.MAX_SAFE_INTEGER, undefined],
  [6, 'epoch-1'],
  [5, 'epoch-2'],
  [0, ''],
])('ListChanges after %i, in the epoch %s, has to start over', async (since, epoch) => {
  const changes = queries.ListChanges(conversationId, owner, since, 2, epoch);
  await expect(changes).rejects.toThrow(CursorInvalidError);
  await expect(changes).rejects.toThrow('start over');
});

it('ListChanges gives users who are no members no epoch and no head', async () => {
  for (const epoch of ['epoch-1', 'epoch-2']) {
    const changes = queries.ListChanges(conversationId, stranger, 1_000, 2, epoch);
    await expect(changes).rejects.toThrow(NotConversationMemberError);
  }
});

/** The database is replaced during a query. */
const replacing = <T>(answer: T): T => {
  chat.epoch.current = 'epoch-2';
  return answer;
};

it('rows read while another epoch begins carry the earlier one: a client that sends it back starts over', async () => {
  const isMember = chat.members.isMember.bind(chat.members);
  chat.members.isMember = async (...pair) => replacing(await isMember(...pair));
  expect(await queries.ListChanges(conversationId, owner)).toMatchObject({ epoch: 'epoch-1' });
  chat.epoch.current = 'epoch-1';
  expect(await queries.GetConversationHead(conversationId, owner)).toMatchObject({ epoch: 'epoch-1' });
  chat.epoch.current = 'epoch-1';
  const findMostRecent = chat.heads.findMostRecent.bind(chat.heads);
  chat.heads.findMostRecent = async (...asked) => replacing(await findMostRecent(...asked));
  const list = new ListRecentConversationsHandler(chat.heads, chat.epoch);
  expect(await list.execute(new ListRecentConversationsQuery(owner))).toMatchObject({ epoch: 'epoch-1' });
});

it('GetConversationById refuses a member who is removed while it runs', async () => {
  const members = new MembersOfAMomentAgo(chat.state);
  const found = new GetConversationByIdHandler(chat.conversations, members).execute(
    new GetConversationByIdQuery(conversationId, stranger),
  );
  await expect(found).rejects.toThrow(NotConversationMemberError);
});

it('GetConversationHead returns the head of the conversation', async () => {
  await addMember(chat, conversationId, owner, stranger);
  expect(await queries.GetConversationHead(conversationId, owner)).toEqual({
    conversationId,
    lastSeq: 5,
    rev: 6,
    visibleFromSeq: 1,
    epoch: 'epoch-1',
  });
});

it('ListMessages returns the requested page', async () => {
  const { data, total, rev } = await queries.ListMessages(conversationId, owner, 2);
  expect({ seqs: data.map(({ seq }) => seq), total, rev }).toEqual({ seqs: [3, 2], total: 5, rev: 5 });
});

it.each([
  ['after', 3, [6, 5, 4]],
  ['after', 5, [6]],
  ['around', 5, [6, 5, 4, 3, 2, 1]],
] as const)(
  'ListMessageWindow %s %i has the message that was sent while it was read',
  async (kind, seq, seqs) => {
    const findRange = chat.messages.findRange.bind(chat.messages);
    vi.spyOn(chat.messages, 'findRange').mockImplementationOnce(async (...place) => {
      await say(chat, conversationId, owner, 1);
      return findRange(...place);
    });
    const query = new ListMessageWindowQuery(conversationId, owner, { kind, seq }, 20);
    const { data, rev, hasMoreAfter } = await windows().execute(query);
    expect([data.map((message) => message.seq), rev, hasMoreAfter]).toEqual([seqs, 6, false]);
  },
);

it.each([
  [1, [3, 2, 1], false, true],
  [3, [4, 3, 2], true, true],
  [5, [5, 4, 3], true, false],
])('ListMessageWindow around %i', async (seq, seqs, hasMoreBefore, hasMoreAfter) => {
  const { data, ...rest } = await queries.ListMessageWindow(conversationId, owner, seq);
  expect({ seqs: data.map((message) => message.seq), ...rest }).toEqual({
    seqs,
    rev: 5,
    hasMoreBefore,
    hasMoreAfter,
  });
});

it('ListMessageWindow of a conversation without messages has no more on either side', async () => {
  const empty = { data: [], rev: 0, hasMoreBefore: false, hasMoreAfter: false };
  const id = await chat.converse(owner);
  const list = windows();
  const found = (['before', 'after', 'around'] as const).map((kind) =>
    list.execute(new ListMessageWindowQuery(id, owner, { kind, seq: 0 }, 20)),
  );
  expect(await Promise.all(found)).toEqual([empty, empty, empty]);
});

it('ListMyConversations lists mine only, page by page', async () => {
  const list = new ListMyConversationsHandler(chat.members);
  const newer = await chat.converse(stranger, owner);
  await chat.converse(stranger);
  const first = await list.execute(new ListMyConversationsQuery(owner, 1));
  expect(first.data.map(({ id }) => id)).toEqual([newer]);
  const second = await list.execute(new ListMyConversationsQuery(owner, 1, String(first.nextCursor)));
  expect(second).toMatchObject({ data: [{ id: conversationId }], nextCursor: null });
});

it.each([
  [998, 1_000, false],
  [999, 1_000, true],
  [1_500, 1_000, true],
])(
  'ListRecentConversations with %i more: the latest %i, and whether there are others',
  async (more, shown, hasMore) => {
    for (let count = 0; count < more; count += 1) await chat.converse(owner);
    const latest = await chat.converse(stranger, owner);
    const list = new ListRecentConversationsHandler(chat.heads, chat.epoch);
    await chat.messages.create({ conversationId, senderId: owner, content: '6' });
    const found = await list.execute(new ListRecentConversationsQuery(owner));
    expect(found.conversationIds.slice(0, 2)).toEqual([conversationId, latest]);
    expect(found).toMatchObject({ conversationIds: { length: shown }, hasMore });
  },
);

it("ListConversationHeads returns the caller's conversations only", async () => {
  const theirs = await chat.converse(stranger);
  const query = new ListConversationHeadsQuery(owner, [theirs, conversationId]);
  expect(await new ListConversationHeadsHandler(chat.heads).execute(query)).toEqual([
    { conversationId, lastSeq: 5, rev: 5, unreadCount: 0, mentionCount: 0, visibleFromSeq: 1 },
  ]);
});
