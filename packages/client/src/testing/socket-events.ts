import type { ClientEvents } from '../contract.ts';
import type { Accounts } from './accounts.ts';
import type { Chat } from './chat.ts';
import type { Messages } from './messages.ts';
import type { Others } from './others.ts';
import type { Reads } from './reads.ts';
import { refuse } from './refusal.ts';
import type { OpenSocket } from './rooms.ts';
import { newestSeq } from './show.ts';
import type { Account } from './state.ts';

/** What answers each event of a socket. */
export type EventTable = {
  readonly [E in keyof ClientEvents]: (
    payload: ClientEvents[E]['payload'],
    user: Account,
    socket: OpenSocket,
  ) => ClientEvents[E]['data'];
};

/** Milliseconds after which somebody who does not say it again has stopped typing. */
const TYPING = 6_000;

interface EventParts {
  readonly chat: Chat;
  readonly accounts: Accounts;
  readonly messages: Messages;
  readonly reads: Reads;
  readonly others: Others;
  /** The socket has another token. */
  readonly renew: (socket: OpenSocket, expiresAt: number) => void;
}

export function socketEvents({ chat, accounts, messages, reads, others, renew }: EventParts): EventTable {
  const { state, rooms, show } = chat;
  return {
    join_room: ({ conversationId }, user, socket) => {
      const conversation = chat.open(conversationId, user);
      const { id: wholeId, rev: wholeRev } = show.owner(conversation);
      if (!socket.joined.has(wholeId)) socket.joined.set(wholeId, wholeRev);
      const { rev } = conversation;
      socket.joined.set(conversationId, rev);
      return { conversationId, lastSeq: newestSeq(conversation), rev, epoch: state.epoch };
    },
    join_all: (_, user, socket) => {
      const mine = [...state.conversations.values()].filter(
        ({ type, members }) => type !== 'thread' && members.has(user.id),
      );
      mine.sort((a, b) => b.activity - a.activity);
      const conversations = mine.map((conversation) => {
        const { id: conversationId, rev } = conversation;
        socket.joined.set(conversationId, rev);
        const { unreadCount, mentionCount } = show.me(conversation, user.id);
        const mentions = mentionCount === undefined ? {} : { mentionCount };
        return { conversationId, lastSeq: newestSeq(conversation), rev, unreadCount, ...mentions };
      });
      return { conversations, truncated: false, epoch: state.epoch };
    },
    leave_room: ({ conversationId }, _, socket) => {
      socket.joined.delete(conversationId);
      for (const { id, parent } of state.conversations.values()) {
        if (parent?.conversationId === conversationId) socket.joined.delete(id);
      }
      return { conversationId };
    },
    send_message: ({ conversationId, ...input }, user) => messages.send(user, conversationId, input),
    mark_read: ({ conversationId, seq }, user, socket) => reads.markRead(user, conversationId, seq, socket),
    typing: ({ conversationId, isTyping }, user, socket) => {
      if (!socket.joined.has(conversationId)) refuse('ROOM_NOT_JOINED');
      const expiresAt = new Date(state.now() + TYPING).toISOString();
      const payload = { conversationId, userId: user.id, isTyping, expiresAt };
      const isPassedOn = (readerId: string): boolean =>
        state.conversations.get(conversationId)?.type !== 'direct' || !chat.areBlocked(user.id, readerId);
      rooms.emitToRoom(conversationId, 'typing', (readerId, reader) =>
        reader !== socket && isPassedOn(readerId) ? payload : null,
      );
      return {};
    },
    authenticate: ({ token }, user, socket) => {
      const known = accounts.authenticate(token);
      if (known.user !== user) refuse('TOKEN_INVALID');
      socket.sessionId = known.sessionId;
      renew(socket, known.expiresAt);
      return { expiresAt: new Date(known.expiresAt).toISOString() };
    },
    subscribe_presence: ({ userIds }, user, socket) => {
      socket.watched = new Set(userIds);
      return { presence: others.presenceOf(userIds, user.id) };
    },
  };
}
