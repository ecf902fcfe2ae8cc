import type { Conversation } from '../../domain/models/conversation.model.js';

export interface OpenedDirectConversation {
  readonly conversation: Conversation;
  /** Whether this call has created it. */
  readonly isNew: boolean;
}

/** Direct conversations: there is at most one for each pair of users, and one of each user with themselves. */
export abstract class DirectConversationRepositoryPort {
  /** The direct conversation of two users, whoever has opened it; null when there is none. */
  abstract findOfPair(userId: string, otherId: string): Promise<Conversation | null>;
  /**
   * Creates the direct conversation of two users, with both as members, unless there is one: part of the caller's
   * transaction, takes no `rev`. Waits for another transaction that is creating it.
   * @throws UserNotFoundError when one of the accounts does not exist any more
   */
  abstract open(openerId: string, otherId: string): Promise<OpenedDirectConversation>;
}
