import type { ReadMessage } from '../../domain/models/read-message.model.js';
import type { ReactionDraft } from '../../domain/models/reaction.model.js';
import type { ReactionPage } from '../../domain/models/reaction-page.model.js';

export interface ReactionsRequest {
  readonly conversationId: string;
  readonly messageId: string;
  /** The first message that the reader sees. */
  readonly visibleFrom: number;
  /** Only those of one kind. */
  readonly key: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

export abstract class MessageReactionsPort {
  /**
   * Stores a reaction, or removes one, in one transaction with all others that wait for their turn in the conversation;
   * they are decided on in their order. Each message that changes takes one `rev`, and is published before anything
   * else is written to the conversation; so are the own reactions of the users. In a large room the reactions to one
   * message are written at most once a second. When the answer to COMMIT is lost it rejects, and publishes what was
   * stored once that is known. Must not be called within a transaction.
   * @param isLargeRoom whether those to the same message wait until a second has passed since the last ones
   * @returns the message after the change, as the actor sees it, with the actor's own reactions
   * @throws what ReactionDecisions throws; ConversationNotFoundError; UnavailableError, with the outcome `unknown` when
   * the answer to COMMIT was lost
   */
  abstract react(draft: ReactionDraft, isLargeRoom: boolean): Promise<ReadMessage>;

  /** The reactions by kind, then by user; null when the conversation has no such message, or hides it from the reader. */
  abstract findReactions(request: ReactionsRequest): Promise<ReactionPage | null>;
}
