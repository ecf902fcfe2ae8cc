import type { LockedMessage, MessageChange } from '../../domain/models/message-change.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';

/** Changes messages that are stored; each change takes a `rev`. */
export abstract class MessageChangePort {
  /**
   * Takes the conversation's lock in turn, calls `decide`, stores the change that it returns under the next `rev`,
   * commits, and publishes before anything else is written to the conversation. When the answer to COMMIT is lost it
   * rejects, and publishes what was stored once that is known, unless somebody has changed the message again by then.
   * Must not be called within a transaction.
   * @param decide returns the change, from the state behind the lock, or null when nothing changes. It throws what the
   * policies throw; then nothing changes. Repositories that it calls take part in the transaction; it must not wait for
   * anything else. It is called again when the transaction is repeated (ADR 32)
   * @returns the message after the change, as the actor sees it, with the actor's own reactions
   * @throws whatever `decide` throws; ConversationNotFoundError; MessageNotFoundError; UnavailableError, with the outcome
   * `unknown` when the answer to COMMIT was lost
   */
  abstract change(
    conversationId: string,
    actorId: string,
    messageId: string,
    decide: (found: LockedMessage) => MessageChange | null | Promise<MessageChange | null>,
  ): Promise<ReadMessage>;
}
