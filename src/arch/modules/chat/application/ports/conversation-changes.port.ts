import type { ConversationChanges } from '../../domain/models/conversation-changes.model.js';

export abstract class ConversationChangesPort {
  /**
   * The first `limit` messages changed after `since` (fewer when their contents are more than a page can show), the members when they were, and the head: one snapshot.
   * Null when the user is not a member.
   * @param since a `rev`, from 0
   */
  abstract findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ConversationChanges | null>;
}
