import type { MemberHead } from '../../domain/models/member-head.model.js';
import type { UnreadTotal } from '../../domain/models/unread-total.model.js';

export abstract class ConversationHeadsPort {
  /** The ids of the user's conversations, last activity first. */
  abstract findMostRecent(userId: string, limit: number): Promise<string[]>;

  /**
   * Adds up the unread messages of the `most` conversations with the latest activity, and counts the followed threads with
   * unread replies among as many. Archived conversations and muted ones count for nothing, nor do their threads.
   * @param most without it all of the user's conversations are counted
   */
  abstract countUnread(userId: string, most?: number): Promise<UnreadTotal>;

  /** The heads of those conversations that the user is a member of, in the order of the ids. */
  abstract findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]>;
}
