import type { Conversation } from '../../domain/models/conversation.model.js';

export interface NewConversation {
  readonly createdBy: string;
  readonly title: string | null;
  /** The number of first members, the creator included. */
  readonly memberCount: number;
}

export abstract class ConversationRepositoryPort {
  abstract create(conversation: NewConversation): Promise<Conversation>;
  /** Null for a deleted conversation, too. */
  abstract findById(id: string): Promise<Conversation | null>;
  /**
   * Whether the conversation is stored, for the case that the answer to its creation's COMMIT was lost.
   * @throws UnavailableError while the creation may still be in flight
   */
  abstract isStored(conversation: Conversation): Promise<boolean>;
  /**
   * A positive answer may be cached, and outdated when the conversation was deleted: nobody is its member then, and the
   * members' `isMember` finds out.
   */
  abstract exists(id: string): Promise<boolean>;
}
