/** A periodic deletion of expired data. */
export interface Sweep {
  /** Its name in the log and in `docs/retention.md`: `sessions.ended`. */
  readonly name: string;
  /**
   * `database`: data that all nodes share; one node at a time sweeps it, each batch in its own transaction. `node`:
   * data of this node, or data that two nodes may sweep at once.
   */
  readonly of: 'database' | 'node';
  /**
   * Deletes at most `limit` expired rows; cheap when there are none. Does not wait for locks.
   * @returns the number of deleted rows: fewer than `limit` when none are left
   */
  batch(limit: number): Promise<number>;
}

export abstract class JanitorPort {
  /** Must be called before the application listens. Sweeps run in the order of registration. */
  abstract registerSweeps(...sweeps: readonly Sweep[]): void;
}
