/** Something that is written and has to go one day. */
export interface Sweep {
  /** What the log and `docs/retention.md` call it: `sessions.ended`. */
  readonly name: string;
  /**
   * `database`: what all nodes share; one node at a time does it, each batch in a transaction of its own.
   * `node`: what this node has by itself, or what may be done twice at once.
   */
  readonly of: 'database' | 'node';
  /**
   * Removes at most `limit` of what is due; cheap when nothing is. Waits for nobody else's locks.
   * @returns how many: fewer than `limit` when nothing is left
   */
  batch(limit: number): Promise<number>;
}

export abstract class JanitorPort {
  /** Must be called before the application listens. Sweeps run in the order in which they came. */
  abstract registerSweeps(...sweeps: readonly Sweep[]): void;
}
