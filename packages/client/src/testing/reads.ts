import type { ClientEvents, UnreadTotal } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse } from './refusal.ts';
import type { OpenSocket } from './rooms.ts';
import { pageOf } from './lists.ts';
import type { RouteTable } from './routes.ts';
import { newestSeq } from './show.ts';
import { senderOf } from './accounts.ts';
import type { Account, StoredConversation, StoredMember } from './state.ts';

export interface Reads {
  readonly routes: RouteTable;
  markRead(
    user: Account,
    conversationId: string,
    seq: number,
    socket?: OpenSocket,
  ): ClientEvents['mark_read']['data'];
}

/** What a conversation is to one member. */
export function createReads(chat: Chat): Reads {
  const { state, rooms, show } = chat;
  const showsReading = (userId: string): boolean =>
    state.accounts.get(userId)?.settings.readReceipts !== false;

  /** Moves the position forward. Returns whether it has moved. */
  function advance(conversation: StoredConversation, member: StoredMember | undefined, seq: number): boolean {
    if (!member) return false;
    const to = Math.min(seq, newestSeq(conversation));
    const isForward = to > member.ownReadSeq;
    if (isForward) member.ownReadSeq = to;
    if (to > member.lastReadSeq) {
      member.lastReadSeq = to;
      member.mark = { seq: to, rev: conversation.rev };
      const { userId } = member;
      const payload = { conversationId: conversation.id, userId, lastReadSeq: to };
      const isShown = showsReading(userId);
      if (isShown)
        rooms.emitToRoom(conversation.id, 'message_read', (reader) =>
          showsReading(reader) ? payload : null,
        );
    }
    return isForward;
  }

  return {
    markRead(user, conversationId, seq, socket) {
      const conversation = chat.open(conversationId, user);
      if (advance(conversation, conversation.members.get(user.id), seq))
        chat.tellOfMe(conversation, user.id, socket);
      const { lastReadSeq, unreadCount, mentionCount } = show.me(conversation, user.id);
      return {
        conversationId,
        lastReadSeq,
        unreadCount,
        ...(mentionCount !== undefined && { mentionCount }),
      };
    },
    routes: {
      'PATCH /chat/conversations/:id/me': ({ user, params, body: { lastReadSeq, ...body } }) => {
        const conversation = chat.open(params.id, user);
        const given = Object.values(body).filter((value) => value !== undefined);
        if (conversation.parent && given.length > 0) refuse('THREAD_NOT_ALLOWED');
        const member = conversation.members.get(user.id);
        if (!member) return show.me(conversation, user.id);
        const before = JSON.stringify(member);
        const { notify, mutedUntil, pinned, archived } = body;
        const { settings } = member;
        if (notify !== undefined) setOrDelete(settings, 'notify', notify === 'all' ? undefined : notify);
        if (mutedUntil !== undefined) setOrDelete(settings, 'mutedUntil', mutedUntil ?? undefined);
        for (const [name, wanted] of [
          ['pinnedAt', pinned],
          ['archivedAt', archived],
        ] as const) {
          if (wanted !== undefined)
            setOrDelete(settings, name, wanted ? (settings[name] ?? state.time()) : undefined);
        }
        const isChanged = before !== JSON.stringify(member);
        const position = Math.max(lastReadSeq ?? member.ownReadSeq, member.visibleFromSeq - 1);
        const lost = member.ownReadSeq - position;
        if (lost > 0) {
          member.changes += lost + 1;
          member.ownReadSeq = position;
        } else if (isChanged) member.changes += 1;
        const isAdvanced = lastReadSeq !== undefined && advance(conversation, member, lastReadSeq);
        if (isChanged || lost > 0 || isAdvanced) chat.tellOfMe(conversation, user.id);
        return show.me(conversation, user.id);
      },
      'POST /chat/conversations/:id/clear': ({ user, params, setStatus }) => {
        setStatus(204);
        const conversation = chat.openWhole(params.id, user);
        const member = show.memberOf(conversation, user.id);
        const from = newestSeq(conversation) + 1;
        if (member.visibleFromSeq === from) return;
        member.visibleFromSeq = from;
        member.changes += 1;
        advance(conversation, member, newestSeq(conversation));
        chat.tellOfMe(conversation, user.id);
      },
      'GET /chat/unread': ({ user }) => unreadTotal(user),
      'GET /chat/conversations/:id/messages/:messageId/readers': ({ user, params, query }) => {
        const conversation = chat.open(params.id, user);
        const { seq, senderId } = chat.find(conversation, params.messageId, user);
        const readers = [...conversation.members.values()].filter(
          ({ userId, lastReadSeq }) =>
            userId !== senderId && lastReadSeq >= seq && showsReading(user.id) && showsReading(userId),
        );
        const data = readers.map(({ userId }) =>
          senderOf(state.accounts.get(userId) ?? refuse('USER_NOT_FOUND')),
        );
        return { ...pageOf(data, query), count: data.length };
      },
    },
  };

  function unreadTotal({ id }: Account): UnreadTotal {
    const counted = [...state.conversations.values()].filter((conversation) => {
      const settings = show.owner(conversation).members.get(id)?.settings;
      if (!settings || settings.archivedAt !== undefined || !conversation.members.has(id)) return false;
      return (settings.mutedUntil ?? '') <= state.time();
    });
    const unread = counted.filter((conversation) => show.me(conversation, id).unreadCount > 0);
    const threads = unread.filter(({ parent }) => parent).length;
    const whole = unread.filter(({ parent }) => !parent).map((conversation) => show.me(conversation, id));
    return {
      conversations: whole.length,
      messages: whole.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
      mentions: whole.reduce((sum, { mentionCount = 0 }) => sum + mentionCount, 0),
      ...(threads > 0 && { threads }),
      capped: false,
    };
  }
}

function setOrDelete<T extends object, K extends keyof T>(object: T, name: K, value: T[K] | undefined): void {
  if (value === undefined) delete object[name];
  else object[name] = value;
}
