import type { Conversation } from './conversation.model.js';
import type { ReadMessage } from './read-message.model.js';

/** What a thread is to one of its followers. */
interface ThreadPosition {
  /** The own read position. */
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  /** Of the unread replies, those that mention the follower or everybody; at most 100 are counted. */
  readonly mentionCount: number;
}

/** A thread with the message that it began at. */
export interface ListedThread {
  readonly thread: Conversation;
  readonly root: ReadMessage;
  /** Null for who does not follow the thread. */
  readonly me: ThreadPosition | null;
}

/** Threads, last activity first. */
export interface ThreadPage {
  readonly data: readonly ListedThread[];
  readonly nextCursor: string | null;
}
