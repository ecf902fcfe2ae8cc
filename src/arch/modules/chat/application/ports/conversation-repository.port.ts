import type { Conversation } from '../../domain/models/conversation.model.js';

export interface NewConversation {
  readonly createdBy: string;
  readonly title: string | null;
  /** The number of first members, the creator included. */
  readonly memberCount: number;
}

export abstract class ConversationRepositoryPort {
  abstract create(conversation: NewConversation): Promise<Conversation>;
  abstract findById(id: string): Promise<Conversation | null>;
  /**
   * Whether the conversation is stored, for the case that the answer to its creation's COMMIT was lost.
   * @throws UnavailableError while the creation may still be in flight
   */
  abstract isStored(conversation: Conversation): Promise<boolean>;
  /** Conversations are never deleted, so a positive answer may be cached. */
  abstract exists(id: string): Promise<boolean>;
}
