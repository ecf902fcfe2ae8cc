import type { ConversationCatchUp } from '../../domain/models/conversation-catch-up.model.js';

/** Reads what a client needs to catch up. */
export abstract class ConversationCatchUpPort {
  /**
   * The first `limit` messages changed after `since` (fewer when their contents exceed a page), the members if they
   * have changed, and the head, from one snapshot. Null when the user is not a member.
   * @param since a `rev`, from 0
   */
  abstract findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ConversationCatchUp | null>;
}
