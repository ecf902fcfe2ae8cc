import type { Metadata } from './metadata.model.js';

/** Maximum code points of an excerpt. */
export const EXCERPT_MAX = 200;

/** The message to which another one replies. To a reader who does not see it, it is only an id and a place. */
export interface ReplyTarget {
  readonly id: string;
  readonly seq: number;
  readonly senderId?: string;
  /** The beginning of its text, as it is when it is read. */
  readonly excerpt?: string;
  readonly deletedAt?: Date;
}

/** All reactions of one kind. */
interface ReactionSummary {
  readonly emoji: string;
  readonly count: number;
  /** The first 20, in the order of their reactions. */
  readonly userIds: readonly string[];
}

/** The thread that has begun at a message. */
export interface ThreadSummary {
  /** Of the conversation that the thread is. */
  readonly id: string;
  /** The number of its messages. */
  readonly replyCount: number;
  /** Absent when it has no messages. */
  readonly lastReplyAt?: Date;
}

/** What a message may have besides its text. A plain message has nothing of it. */
export interface MessageDetails {
  readonly replyTo?: ReplyTarget;
  /** The members that it mentions. */
  readonly mentions?: readonly string[];
  /** Whether it mentions everybody. */
  readonly mentionsAll?: true;
  /** In the order in which each kind was first used. */
  readonly reactions?: readonly ReactionSummary[];
  readonly pinnedAt?: Date;
  readonly pinnedBy?: string;
  readonly deletedBy?: string;
  readonly thread?: ThreadSummary;
  readonly metadata?: Metadata;
}
