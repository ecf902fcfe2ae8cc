import type { MembershipChange, OwnMembership } from '../../domain/models/own-membership.model.js';

/** A membership after a request to change it. */
export interface ChangedMembership {
  readonly me: OwnMembership;
  /** The read position that others are shown: it never goes back. */
  readonly lastReadSeq: number;
  /** Whether others may be shown it at all. */
  readonly showsReading: boolean;
  /** Whether `lastReadSeq` has changed. */
  readonly moved: boolean;
  /** Whether `me` has changed. */
  readonly changed: boolean;
}

/**
 * Changes what a conversation is to one of its members. These changes take no `rev` and no lock on the conversation;
 * each raises `me.version`. Null where the user is not a member. When the answer of the database was lost they reject,
 * and the membership is published once it can be read.
 */
export abstract class OwnMembershipPort {
  /** Moves the read position forward to `seq`, at most to the newest message; never back. */
  abstract markRead(conversationId: string, userId: string, seq: number): Promise<ChangedMembership | null>;
  /**
   * A `lastReadSeq` below the member's own read position moves that one alone back, at most to the first visible
   * message; a higher one does what `markRead` does.
   */
  abstract changeMembership(
    conversationId: string,
    userId: string,
    change: MembershipChange,
  ): Promise<ChangedMembership | null>;
  /** Hides all messages until now from the member, as read. */
  abstract clearHistory(conversationId: string, userId: string): Promise<ChangedMembership | null>;
}
