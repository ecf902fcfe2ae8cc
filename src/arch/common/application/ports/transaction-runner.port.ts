export abstract class TransactionRunnerPort {
  /**
   * Runs `work` in one database transaction: every repository called inside takes part in it. Commits
   * when `work` resolves, rolls everything back when it rejects. Publish nothing and wait for nothing
   * else inside.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
