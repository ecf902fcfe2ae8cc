import type { Changes, Message, MessageWindow, Own, PositionedMessage, TimelineEvent } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse, refuseField } from './refusal.ts';
import { byText, pageOf, reversed, sorted } from './lists.ts';
import { movedPositions } from './moved-positions.ts';
import type { RouteTable } from './routes.ts';
import { type ChangesQuery, severalChanges } from './several-changes.ts';
import { newestSeq } from './show.ts';
import type { Account, StoredConversation, StoredMessage } from './state.ts';

/** Pages, windows, and what has changed. */
export function historyRoutes(chat: Chat): RouteTable {
  const { state, show } = chat;

  const shown = (messages: readonly StoredMessage[], { id }: Account): { data: Message[]; own?: Own } => ({
    data: messages.map((message) => show.message(message, id)),
    ...show.own(messages, id),
  });

  /** Whoever joined without the history is shown what has happened since. */
  function eventsOf(conversation: StoredConversation, { id }: Account): TimelineEvent[] {
    const { eventsFrom } = show.memberOf(conversation, id);
    return conversation.events
      .filter(({ rev }) => rev >= eventsFrom)
      .map((event) => ofNow(event, id, conversation));
  }

  /** With the names and pictures of now. */
  function ofNow(event: TimelineEvent, readerId: string, conversation: StoredConversation): TimelineEvent {
    if (event.kind !== 'member_added' && event.kind !== 'member_updated') return event;
    const present = conversation.members.get(event.subjectId);
    const known = present && show.member(present, readerId);
    const { lastReadSeq: _, ...member } = event.data.member;
    return {
      ...event,
      data: { ...event.data, member: { ...member, lastReadSeq: known?.lastReadSeq ?? event.afterSeq } },
    };
  }

  function windowOf(
    conversation: StoredConversation,
    user: Account,
    range: { from: number; to: number },
    withEvents: boolean,
  ): MessageWindow {
    const { from, to } = range;
    const visible = show.visible(conversation, user.id);
    const firstSeq = visible[0]?.seq ?? newestSeq(conversation) + 1;
    const found = reversed(visible.filter(({ seq }) => seq >= from && seq <= to));
    const seqs = found.map(({ seq }) => seq);
    const isFirst = seqs.includes(firstSeq) || firstSeq > newestSeq(conversation);
    const events = eventsOf(conversation, user).filter(
      ({ afterSeq }) => seqs.includes(afterSeq) || (isFirst && afterSeq < firstSeq),
    );
    return {
      ...shown(found, user),
      hasMoreBefore: found.length > 0 ? (seqs.at(-1) ?? 0) > firstSeq : to >= firstSeq,
      hasMoreAfter:
        found.length > 0 ? (seqs[0] ?? 0) < newestSeq(conversation) : from <= newestSeq(conversation),
      ...(withEvents && { events: reversed(events) }),
    };
  }

  function changesOf(
    conversation: StoredConversation,
    user: Account,
    query: ChangesQuery,
    upTo = conversation.rev,
  ): Changes {
    const { since = 0, epoch = state.epoch, limit = 100 } = query;
    if (epoch !== state.epoch || since > conversation.rev) refuse('CURSOR_INVALID');
    const withEvents = query.events === 'true';
    const messages = show.visible(conversation, user.id).filter(({ rev }) => rev > since);
    const events = withEvents ? eventsOf(conversation, user).filter(({ rev }) => rev > since) : [];
    const found = [...messages, ...events].filter((item) => item.rev <= upTo);
    const all = sorted(found, (a, b) => a.rev - b.rev);
    const items = all.slice(0, limit);
    const rev = all.length > limit ? (items.at(-1)?.rev ?? since) : upTo;
    const hasMore = rev < conversation.rev;
    const prevRevs = new Map(items.map((item, index) => [item.rev, items[index - 1]?.rev ?? since]));
    const positioned = <T extends { readonly rev: number }>(item: T): T & { prevRev?: number } => {
      const prevRev = prevRevs.get(item.rev) ?? item.rev - 1;
      return withEvents && prevRev !== item.rev - 1 ? { ...item, prevRev } : item;
    };
    const stored = items.filter((item): item is StoredMessage => 'seq' in item);
    const { data, own } = shown(stored, user);
    const { eventsFrom } = show.memberOf(conversation, user.id);
    const isUnshown = withEvents
      ? conversation.events.some(
          ({ rev: at, kind }) => at > since && at <= upTo && at < eventsFrom && kind.startsWith('member'),
        )
      : conversation.membersRev > since;
    return {
      data: data.map((message): PositionedMessage => positioned(message)),
      ...(withEvents && {
        events: items.filter((item): item is TimelineEvent => 'kind' in item).map(positioned),
      }),
      ...(isUnshown && { members: show.members(conversation, user.id) }),
      ...(query.reads === 'true' && movedPositions(show, conversation, user.id, since)),
      conversation: show.conversation(conversation, user.id),
      rev,
      hasMore,
      epoch: state.epoch,
      ...(own && { own }),
    };
  }

  const severalOf = severalChanges(chat, changesOf);

  return {
    'GET /chat/conversations/:id/messages': ({ user, params, query: { page = 1, limit = 20, rev } }) => {
      const conversation = chat.open(params.id, user);
      const visible = reversed(show.visible(conversation, user.id));
      const found = visible.slice((page - 1) * limit, page * limit);
      return { ...shown(found, user), total: visible.length, page, limit, ...headOf(conversation, rev) };
    },
    'GET /chat/conversations/:id/messages/window': ({ user, params, query }) => {
      const { before, after, around, limit = 20, events, rev } = query;
      const given = [before, after, around].filter((seq) => seq !== undefined);
      if (given.length !== 1) refuseField('', 'Takes one of before, after, around.');
      const conversation = chat.open(params.id, user);
      const firstSeq = show.visible(conversation, user.id)[0]?.seq ?? newestSeq(conversation) + 1;
      const lastSeq = newestSeq(conversation);
      const range = rangeOf(query, limit, firstSeq, lastSeq);
      return { ...windowOf(conversation, user, range, events === 'true'), ...headOf(conversation, rev) };
    },
    'GET /chat/conversations/:id/changes': ({ user, params, query }) =>
      changesOf(chat.open(params.id, user), user, query),
    'POST /chat/changes': ({ user, body, setStatus }) => {
      setStatus(200);
      return severalOf(user, body);
    },
    'GET /chat/mentions': ({ user, query }) => {
      const found = [...state.conversations.values()]
        .filter((conversation) => conversation.members.has(user.id))
        .flatMap((conversation) => show.visible(conversation, user.id))
        .filter(
          ({ mentions, mentionsAll, senderId }) =>
            (mentionsAll && senderId !== user.id) || mentions.includes(user.id),
        );
      const newestFirst = sorted(found, (a, b) => byText(b.id, a.id));
      const { data, nextCursor } = pageOf(newestFirst, query);
      return { ...shown(data, user), nextCursor };
    },
  };
}

/** What a page is complete up to, when that is asked for. */
const headOf = ({ rev }: StoredConversation, isWanted: 'true' | 'false' | undefined): { rev?: number } =>
  isWanted === 'true' ? { rev } : {};

/** The messages of a window; near an end there are more on the other side. */
function rangeOf(
  {
    before,
    after,
    around = 0,
  }: { before?: number | undefined; after?: number | undefined; around?: number | undefined },
  limit: number,
  firstSeq: number,
  lastSeq: number,
): { from: number; to: number } {
  if (after !== undefined) {
    const from = Math.max(firstSeq, Math.min(after, lastSeq) + 1);
    return { from, to: Math.min(from + limit - 1, lastSeq) };
  }
  const wanted =
    before !== undefined ? before - 1 : Math.max(around + Math.ceil(limit / 2) - 1, firstSeq - 1 + limit);
  const to = Math.max(0, Math.min(wanted, lastSeq));
  return { from: Math.max(firstSeq, to - limit + 1), to };
}
