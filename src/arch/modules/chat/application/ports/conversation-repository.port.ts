import type { Conversation } from '../../domain/models/conversation.model.js';

export interface NewConversation {
  readonly createdBy: string;
  readonly title: string | null;
  /** The first members, the creator among them. */
  readonly memberCount: number;
}

export abstract class ConversationRepositoryPort {
  abstract create(conversation: NewConversation): Promise<Conversation>;
  abstract findById(id: string): Promise<Conversation | null>;
  /**
   * Whether it is stored, when the answer to its creation's COMMIT was lost.
   * @throws UnavailableError as long as the creation may still be under way
   */
  abstract isStored(conversation: Conversation): Promise<boolean>;
  /** Conversations are never deleted, so a yes may come from memory. */
  abstract exists(id: string): Promise<boolean>;
}
