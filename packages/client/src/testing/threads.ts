import type { ListedThread } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse } from './refusal.ts';
import { pageOf, sorted } from './lists.ts';
import type { RouteTable } from './routes.ts';
import { newestSeq } from './show.ts';
import type { Account, StoredConversation, StoredMessage } from './state.ts';

export interface Threads {
  readonly routes: RouteTable;
  /** A message has been sent in it. */
  readonly onReply: (thread: StoredConversation, sender: Account) => void;
}

/** Conversations that begin at a message of another one. */
export function createThreads(chat: Chat): Threads {
  const { state, show } = chat;

  function follow(thread: StoredConversation, userId: string, isRead = false): void {
    if (thread.members.has(userId) || !show.owner(thread).members.has(userId)) return;
    const position = isRead ? newestSeq(thread) : newestSeq(thread) - 1;
    Object.assign(chat.newMember(thread, userId, 'member'), { ownReadSeq: position, lastReadSeq: position });
  }

  function rootOf({ parent }: StoredConversation): StoredMessage {
    const found = state.conversations.get(parent?.conversationId ?? '')?.messages[(parent?.seq ?? 0) - 1];
    return found ?? refuse('MESSAGE_NOT_FOUND');
  }

  function openThread(id: string, user: Account): StoredConversation {
    const thread = chat.open(id, user);
    return thread.parent ? thread : refuse('CONVERSATION_NOT_FOUND');
  }

  function list(
    threads: readonly StoredConversation[],
    user: Account,
    query: { limit?: number | undefined; cursor?: string | undefined },
  ) {
    const lastFirst = sorted(threads, (a, b) => b.activity - a.activity);
    const { data, nextCursor } = pageOf(lastFirst, query);
    const listed = data.map((thread): ListedThread => {
      const { lastReadSeq, unreadCount, mentionCount } = show.me(thread, user.id);
      const me = { lastReadSeq, unreadCount, ...(mentionCount !== undefined && { mentionCount }) };
      return {
        thread: show.shared(thread),
        root: show.message(rootOf(thread), user.id),
        ...(thread.members.has(user.id) && { me }),
      };
    });
    return { data: listed, nextCursor, ...show.own(data.map(rootOf), user.id) };
  }

  const isSeen = (thread: StoredConversation, { id }: Account): boolean => {
    const member = show.owner(thread).members.get(id);
    return member !== undefined && (thread.parent?.seq ?? 0) >= member.visibleFromSeq;
  };

  return {
    onReply(thread, sender) {
      const message = thread.messages.at(-1);
      const root = rootOf(thread);
      if (newestSeq(thread) === 1) follow(thread, root.senderId);
      follow(thread, sender.id);
      for (const userId of message?.mentions ?? []) follow(thread, userId);
      chat.change(show.owner(thread), root, 'thread', sender.id);
    },
    routes: {
      'PUT /chat/conversations/:id/messages/:messageId/thread': ({ user, params, setStatus }) => {
        const conversation = chat.openWhole(params.id, user);
        const root = chat.find(conversation, params.messageId, user);
        let thread = state.conversations.get(root.threadId ?? '');
        if (!thread) {
          if (root.deletedAt !== null) refuse('THREAD_NOT_ALLOWED');
          const createdAt = state.time();
          thread = {
            id: state.newId(),
            type: 'thread',
            parent: { conversationId: conversation.id, messageId: root.id, seq: root.seq },
            createdBy: user.id,
            createdAt,
            title: null,
            updatedAt: createdAt,
            activity: state.next(),
            rev: 0,
            membersRev: 0,
            settings: {},
            members: new Map(),
            messages: [],
            events: [],
          };
          state.conversations.set(thread.id, thread);
          root.threadId = thread.id;
          chat.change(conversation, root, 'thread', user.id);
          setStatus(201);
        }
        const { data, nextCursor } = pageOf(show.members(thread, user.id), { limit: 100 });
        const more = nextCursor === null ? {} : { membersCursor: nextCursor };
        return { ...show.conversation(thread, user.id), members: data, ...more };
      },
      'GET /chat/threads': ({ user, query: { unread, ...query } }) => {
        const followed = [...state.conversations.values()].filter(
          (thread) => thread.parent && thread.members.has(user.id) && isSeen(thread, user),
        );
        const wanted = followed.filter(
          (thread) => unread !== 'true' || show.me(thread, user.id).unreadCount > 0,
        );
        return list(wanted, user, query);
      },
      'GET /chat/conversations/:id/threads': ({ user, params, query }) => {
        const { id } = chat.openWhole(params.id, user);
        const found = [...state.conversations.values()].filter(
          (thread) => thread.parent?.conversationId === id && isSeen(thread, user),
        );
        return list(found, user, query);
      },
      'PUT /chat/conversations/:id/follow': ({ user, params }) =>
        follow(openThread(params.id, user), user.id, true),
      'DELETE /chat/conversations/:id/follow': ({ user, params }) =>
        void openThread(params.id, user).members.delete(user.id),
    },
  };
}
