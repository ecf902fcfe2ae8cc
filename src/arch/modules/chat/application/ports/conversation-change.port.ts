import type {
  ConversationChange,
  LockedConversation,
  StoredChange,
} from '../../domain/models/conversation-change.model.js';

/** Every change of a conversation that is no message and takes a `rev`. */
export abstract class ConversationChangePort {
  /**
   * Takes the conversation's lock in its turn, asks `decide`, stores what it answers in this order, each change under the
   * next `rev` and with a row in the log, commits, and publishes before anything else is written to the conversation. When
   * the answer to COMMIT is lost it rejects, and publishes what was stored once that is known. Not to be called within a
   * transaction.
   * @param decide what is to change, by what is behind the lock. It throws what the policies throw; then nothing changes, nor
   * when it answers nothing. Repositories that it asks take part in the transaction; it waits for nothing else. It is
   * called again when the transaction is run again (ADR 32)
   * @param subjectIds accounts that the changes are about: held as they are until the end
   * @returns what is stored, in the order of `rev`
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
