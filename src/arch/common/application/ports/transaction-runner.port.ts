/** Tells others of what a transaction stores. */
export interface Telling {
  readonly tell: () => void;
  /**
   * Asked when the answer to COMMIT was lost: whether the transaction was committed.
   * @throws UnavailableError as long as nobody can know: asked again later
   */
  readonly isStored: () => Promise<boolean>;
}

export abstract class TransactionRunnerPort {
  /**
   * Runs `work` in one database transaction: every repository called inside takes part in it. Commits
   * when `work` resolves, rolls everything back when it rejects. Publish nothing and wait for nothing
   * else inside: after a state of the database that passes by itself `work` is run again, up to three times (ADR 32).
   * Within another `run` it joins that one.
   * @throws whatever `work` throws; UnavailableError, with the outcome `unknown` when the answer to COMMIT was lost
   */
  abstract runInTransaction<T>(work: () => Promise<T>): Promise<T>;

  /**
   * For what `work` wants published: told once the transaction is committed, before the outermost `run` resolves.
   * When the answer to COMMIT is lost `run` rejects, and it is told when the database answers again, if the transaction
   * was committed.
   */
  abstract afterCommit(telling: Telling): void;
}
