import type { ThreadPage } from '../../domain/models/thread-page.model.js';

export interface FollowedThreadsRequest {
  readonly userId: string;
  /** Only those with unread replies. */
  readonly isUnread?: boolean | undefined;
  /** 1–100 */
  readonly limit: number;
  /** A previous `nextCursor`. */
  readonly cursor?: string | undefined;
}

export interface ThreadsRequest {
  readonly conversationId: string;
  /** The first message that the reader sees: threads of earlier ones are left out. */
  readonly visibleFrom: number;
  /** Who asks. */
  readonly userId: string;
  /** 1–100 */
  readonly limit: number;
  /** A previous `nextCursor`. */
  readonly cursor?: string | undefined;
}

/**
 * Who follows which threads. Following ends with the membership of the parent. Of a thread that is followed and that the
 * follower does not see any more, nothing is shown or counted.
 */
export abstract class ThreadFollowersPort {
  /**
   * Replies up to now count as read for who begins to follow. Idempotent.
   * @returns false where the thread is not there for the user
   */
  abstract follow(threadId: string, userId: string): Promise<boolean>;
  /** Idempotent. */
  abstract unfollow(threadId: string, userId: string): Promise<void>;
  /**
   * The threads that the user follows and sees, last activity first; as many as fit on a page.
   * @throws CursorInvalidError
   */
  abstract findFollowed(request: FollowedThreadsRequest): Promise<ThreadPage>;
  /**
   * The threads of a conversation, last activity first; as many as fit on a page.
   * @throws CursorInvalidError
   */
  abstract findOfConversation(request: ThreadsRequest): Promise<ThreadPage>;
}
