/** Publishes what a transaction has stored. */
export interface Publication {
  readonly publish: () => void;
  /**
   * Whether the transaction was committed, for the case that the answer to COMMIT was lost.
   * @throws UnavailableError while that cannot be determined: it is called again later
   */
  readonly isStored: () => Promise<boolean>;
}

export abstract class TransactionRunnerPort {
  /**
   * Runs `work` in one database transaction, which every repository called inside takes part in. Commits when `work`
   * resolves, rolls everything back when it rejects. Do not publish and do not wait for anything else inside: after a
   * temporary error of the database `work` is run again, up to three times (ADR 32). Inside another transaction it
   * joins that one.
   * @throws whatever `work` throws; UnavailableError, with the outcome `unknown` when the answer to COMMIT was lost
   */
  abstract runInTransaction<T>(work: () => Promise<T>): Promise<T>;

  /**
   * Registers what `work` wants published: it is published once the transaction is committed, before the outermost
   * `runInTransaction` resolves. When the answer to COMMIT is lost, that rejects, and it is published when the database
   * answers again, if the transaction was committed.
   */
  abstract afterCommit(publication: Publication): void;
}
