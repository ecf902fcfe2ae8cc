import type {
  ConversationChange,
  LockedConversation,
  StoredChange,
} from '../../domain/models/conversation-change.model.js';

/** Makes changes of a conversation other than messages; each takes a `rev`. */
export abstract class ConversationChangePort {
  /**
   * Takes the conversation's lock in turn, calls `decide`, stores the changes that it returns in their order, each
   * under the next `rev` and with a row in the log, commits, and publishes before anything else is written to the
   * conversation. When the answer to COMMIT is lost it rejects, and publishes what was stored once that is known. Must
   * not be called within a transaction.
   * @param decide returns the changes, from the state behind the lock. It throws what the policies throw; then nothing
   * changes, nor when it returns none. Repositories that it calls take part in the transaction; it must not wait for
   * anything else. It is called again when the transaction is repeated (ADR 32)
   * @param subjectIds accounts that the changes are about, locked until the end
   * @returns the stored changes, in the order of `rev`
   * @throws whatever `decide` throws; ConversationNotFoundError; UnavailableError, with the outcome `unknown` when the
   * answer to COMMIT was lost
   */
  abstract change<Change extends ConversationChange>(
    conversationId: string,
    actorId: string,
    decide: (found: LockedConversation) => readonly Change[] | Promise<readonly Change[]>,
    subjectIds?: readonly string[],
  ): Promise<readonly StoredChange<Change['kind']>[]>;
}
