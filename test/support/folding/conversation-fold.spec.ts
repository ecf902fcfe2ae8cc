import { expect, it } from 'vitest';
import type { ChangesDto } from '../../../src/arch/modules/chat/interface/http/dto/changes.dto.js';
import type { MemberDto } from '../../../src/arch/modules/chat/interface/http/dto/member.dto.js';
import {
  conversationExample,
  eventExample,
  memberExample,
  messageExample,
  otherMemberExample,
} from '../../../src/arch/modules/chat/interface/http/dto/examples.js';
import { ConversationFold } from './conversation-fold.js';

const me = memberExample.userId;
const other = otherMemberExample.userId;
const { rev } = conversationExample;

/** Complete up to the `rev` of the example, with two members. */
const foldOf = (members: readonly MemberDto[] = [memberExample, otherMemberExample]) => {
  const state = { conversation: conversationExample, messages: new Map(), own: new Map() };
  return new ConversationFold(
    { ...state, members: new Map(members.map((member) => [member.userId, member])) },
    rev,
    me,
  );
};
const pageOf = (page: Partial<ChangesDto>): ChangesDto => {
  const conversation = { ...conversationExample, rev: page.rev ?? rev };
  return { data: [], events: [], conversation, rev, hasMore: false, epoch: 'e', ...page };
};
const removal = (at: number) => ({
  ...eventExample,
  rev: at,
  kind: 'member_removed' as const,
  subjectId: other,
  data: { user: { id: other, displayName: 'Bob', avatarUrl: null }, reason: 'left' as const },
});
const idsOf = ({ members }: ConversationFold) => [...members.keys()].toSorted();

it.each([
  [{ rev }, 'repeat', rev],
  [{ rev: rev - 1 }, 'repeat', rev],
  [{ rev: rev + 1 }, 'applied', rev + 1],
  [{ rev: rev + 2 }, 'gap', rev],
  [{ rev: rev + 2, prevRev: rev }, 'applied', rev + 2],
  [{ rev: rev + 3, prevRev: rev + 1 }, 'gap', rev],
  [{ rev: rev + 3, prevRev: 0 }, 'applied', rev + 3],
])('an event at %j is a %s, and the state is complete up to %i', (place, outcome, completeTo) => {
  const fold = foldOf();
  expect(fold.applyEvent('member_removed', { ...place, userId: other })).toBe(outcome);
  expect(fold.rev).toBe(completeTo);
  expect(idsOf(fold)).toEqual(outcome === 'applied' ? [me] : [me, other].toSorted());
});

it('the last message is the one that was read, which may be newer than the conversation that was read before it', () => {
  const newer = { ...messageExample, rev: rev + 1, content: 'changed meanwhile' };
  const conversation = { ...conversationExample, lastMessage: messageExample };
  const messages = new Map([[newer.id, newer]]);
  const fold = new ConversationFold({ conversation, members: new Map(), messages, own: new Map() }, rev, me);
  expect(fold.applyEvent('message_updated', { rev: rev + 1, change: 'edited', message: newer })).toBe(
    'applied',
  );
  expect(fold.conversation.lastMessage).toEqual(newer);
});

it('an event without a rev, and an unknown one, change nothing', () => {
  const fold = foldOf();
  for (const name of ['typing', 'later']) expect(fold.applyEvent(name, { rev: rev + 1 })).toBe('unknown');
  expect(fold.rev).toBe(rev);
});

it('the members of a page replace what its events gave, which may be older than a change without a row', () => {
  const fold = foldOf();
  fold.applyPage(
    pageOf({ rev: rev + 2, events: [removal(rev + 1)], members: [memberExample, otherMemberExample] }),
  );
  expect(idsOf(fold)).toEqual([me, other].toSorted());
});

it('messages and events of a page are applied in the order of rev', () => {
  const fold = foldOf();
  const added = { ...eventExample, rev: rev + 3, prevRev: rev + 1 };
  fold.applyPage(pageOf({ rev: rev + 3, events: [added, { ...removal(rev + 1) }] }));
  expect(idsOf(fold)).toEqual([me, added.data.member.userId].toSorted());
  expect(fold.rev).toBe(rev + 3);
});

it('the heir of an owner who has left is the owner, also in its own `me`', () => {
  const fold = foldOf([
    { ...memberExample, role: 'admin' },
    { ...otherMemberExample, role: 'owner' },
  ]);
  expect(fold.conversation.me.role).toBe('admin');
  fold.applyEvent('member_removed', { rev: rev + 1, userId: other, heirId: me });
  expect(fold.conversation.me.role).toBe('owner');
  expect(fold.conversation.memberCount).toBe(1);
});

it('settings with the values of the default are left out', () => {
  const fold = foldOf();
  fold.applyEvent('conversation_updated', { rev: rev + 1, changed: { posting: 'admins', title: null } });
  expect(fold.conversation).toMatchObject({ posting: 'admins', title: null });
  fold.applyEvent('conversation_updated', { rev: rev + 2, changed: { posting: 'all' } });
  expect(fold.conversation).toStrictEqual({ ...foldOf().conversation, title: null, rev: rev + 2 });
});

it('a message is replaced only by one with a higher rev', () => {
  const fold = foldOf();
  const message = { ...messageExample, rev: rev + 1 };
  fold.applyPage(pageOf({ data: [message] }));
  fold.applyPage(pageOf({ data: [{ ...message, rev, content: 'older' }] }));
  expect(fold.messages.get(message.id)?.content).toBe(message.content);
  fold.applyPage(pageOf({ data: [{ ...message, rev: rev + 2, content: 'newer', prevRev: rev }] }));
  expect(fold.messages.get(message.id)).toEqual({ ...message, rev: rev + 2, content: 'newer' });
});

it.each([
  ['a higher version', { version: 90 }, true],
  ['the same version', { version: conversationExample.me.lastReadSeq }, false],
  ['a lower version of a later membership', { version: 0, joinedAt: '2030-01-01T00:00:00.000Z' }, true],
  ['a higher version of an earlier membership', { version: 99, joinedAt: '2001-01-01T00:00:00.000Z' }, false],
])('`me` with %s', (_, change, isTaken) => {
  const fold = foldOf();
  fold.applyMe({ ...conversationExample.me, notify: 'none', ...change });
  expect(fold.conversation.me.notify).toBe(isTaken ? 'none' : undefined);
});

it('a message of the account moves its position, also past a `me` that is older than it, and leaves the version', () => {
  const fold = foldOf();
  const { lastSeq, me: before } = conversationExample;
  const sent = { ...messageExample, senderId: me, seq: lastSeq + 1, rev: rev + 1, id: crypto.randomUUID() };
  fold.applyEvent('new_message', sent);
  expect(fold.conversation.me).toEqual({ ...before, lastReadSeq: lastSeq + 1, unreadCount: 0 });
  fold.applyMe({ ...before, notify: 'none', version: 50 });
  expect(fold.conversation.me).toMatchObject({
    notify: 'none',
    lastReadSeq: lastSeq + 1,
    unreadCount: 0,
    version: 50,
  });
  fold.applyMe({ ...before, lastReadSeq: 1, unreadCount: lastSeq, version: 60 });
  expect(fold.conversation.me).toMatchObject({ lastReadSeq: 1, unreadCount: lastSeq });
});

it('a cleared history is dropped', () => {
  const fold = foldOf();
  fold.applyPage(pageOf({ data: [messageExample] }));
  fold.applyMe({ ...conversationExample.me, visibleFromSeq: messageExample.seq + 1, version: 50 });
  expect([fold.messages.size, fold.conversation.lastMessage]).toEqual([0, null]);
});

it('a change of a message that is hidden does not bring it back', () => {
  const fold = foldOf();
  const { seq } = messageExample;
  fold.applyPage(pageOf({ data: [messageExample] }));
  fold.applyMe({ ...conversationExample.me, visibleFromSeq: seq + 1, version: 50 });
  const message = { ...messageExample, rev: rev + 1, content: 'edited' };
  expect(fold.applyEvent('message_updated', { rev: rev + 1, message })).toBe('applied');
  expect([fold.messages.size, fold.rev]).toEqual([0, rev + 1]);
});

it('what others have read never goes back', () => {
  const fold = foldOf();
  fold.applyRead(other, 1_000);
  fold.applyRead(other, 3);
  expect(fold.members.get(other)?.lastReadSeq).toBe(1_000);
});

const sent = (place: number, given: object = {}) => {
  const id = `0199d0a2-6c1e-7000-8000-0000000000f${place}`;
  return { ...messageExample, id, seq: conversationExample.lastSeq + place, rev: rev + place, ...given };
};

it('a changed message replaces the one before, also as the last one of the conversation', () => {
  const fold = foldOf();
  fold.applyEvent('new_message', sent(1));
  const message = { ...sent(1), rev: rev + 2, content: 'edited' };
  expect(fold.applyEvent('message_updated', { rev: rev + 2, message })).toBe('applied');
  expect([fold.messages.get(message.id), fold.conversation.lastMessage]).toEqual([message, message]);
  expect(fold.applyEvent('message_updated', { rev: rev + 1, message: sent(1) })).toBe('repeat');
});

it('mentions are counted while they are unread, and while the message has them', () => {
  const fold = foldOf();
  fold.applyEvent('new_message', sent(1, { senderId: other, mentions: [me] }));
  fold.applyEvent('new_message', sent(2, { senderId: other, mentionsAll: true }));
  expect(fold.conversation.me.mentionCount).toBe(2);
  const deleted = { ...sent(1, { senderId: other, content: '' }), rev: rev + 3 };
  fold.applyEvent('message_updated', { rev: rev + 3, message: deleted });
  expect(fold.conversation.me.mentionCount).toBe(1);
  fold.applyMe({ ...fold.conversation.me, lastReadSeq: sent(2).seq, unreadCount: 0, version: 99 });
  expect(fold.conversation.me).not.toHaveProperty('mentionCount');
});

it('when a history is cleared, a reply to a hidden message keeps only its place', () => {
  const fold = foldOf();
  const replyTo = { id: messageExample.id, seq: messageExample.seq, senderId: other, excerpt: 'Hi' };
  fold.applyEvent('new_message', sent(1, { replyTo }));
  fold.applyMe({ ...conversationExample.me, visibleFromSeq: messageExample.seq + 1, version: 50 });
  expect(fold.messages.get(sent(1).id)?.replyTo).toEqual({ id: replyTo.id, seq: replyTo.seq });
});

it('what comes of a cleared history afterwards is dropped, and its place as a target is all that is kept', () => {
  const fold = foldOf();
  fold.applyMe({ ...conversationExample.me, visibleFromSeq: sent(2).seq, version: 50 });
  const hidden = { ...sent(1), rev: rev + 1 };
  expect(fold.applyEvent('message_updated', { rev: rev + 1, message: hidden })).toBe('applied');
  expect([fold.messages.size, fold.conversation.lastMessage, fold.rev]).toEqual([0, null, rev + 1]);
  const replyTo = { id: hidden.id, seq: hidden.seq, senderId: other, excerpt: 'Hi' };
  fold.applyEvent('new_message', sent(2, { replyTo }));
  expect(fold.messages.get(sent(2).id)?.replyTo).toEqual({ id: hidden.id, seq: hidden.seq });
});

it('own reactions follow from what is beside messages, from events, and from me_updated, in the order of rev', () => {
  const fold = foldOf();
  const { id } = sent(1);
  const updated = (at: number, delta?: object[]) =>
    fold.applyEvent('message_updated', { rev: rev + at, message: { ...sent(1), rev: rev + at }, delta });
  const own = () => fold.own.get(id);
  fold.applyEvent('new_message', sent(1));
  updated(2, [{ userId: me, emoji: '👍', added: true }]);
  expect(own()).toEqual(['👍']);
  updated(3, [{ userId: other, emoji: '🎉', added: true }]);
  fold.applyOwn({ reactions: { [id]: ['👍', '🎉'] }, revs: { [id]: rev + 5 } });
  updated(4, [{ userId: me, emoji: '👍', added: false }]);
  expect(own()).toEqual(['👍', '🎉']);
  fold.applyOwn({ reactions: { [id]: [] }, revs: { [id]: rev + 4 } });
  expect(own()).toEqual(['👍', '🎉']);
  const message = { ...sent(1), rev: rev + 6, deletedAt: '2030-01-01T00:00:00.000Z' };
  fold.applyEvent('message_updated', {
    rev: rev + 5,
    message: { ...message, rev: rev + 5, deletedAt: null },
  });
  fold.applyEvent('message_updated', { rev: rev + 6, message });
  expect(own()).toBeUndefined();
});
