export interface ConversationAmounts {
  /** Conversations that are created. */
  readonly conversations: number;
  /** Members that are added, the creator not included. */
  readonly members: number;
}

/** How many conversations a user may create in an hour, and how many members it may add. */
export abstract class ConversationQuotaPort {
  /**
   * Runs work that may create conversations and add members. The work calls `count` when nothing else can refuse it;
   * that counts the amounts once, also when the work is repeated and calls it again. They are taken back when the work
   * rejects, unless it may have been stored all the same. Counting reads only memory and never waits: the latest
   * amounts through other nodes may be missing.
   * @throws whatever `work` throws; `count` throws RateLimitedError when the user has reached one of the limits
   */
  abstract runCounted<T>(
    userId: string,
    amounts: ConversationAmounts,
    work: (count: () => void) => Promise<T>,
  ): Promise<T>;
}
