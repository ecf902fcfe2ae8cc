/** An amount to count in a window that begins with the first count and has a fixed length. */
export interface Count {
  /** The subject of the count, such as `global:user:…`. It must not identify a person. */
  readonly key: string;
  /** Length of the window in milliseconds. */
  readonly window: number;
  /** Default 1; a negative amount takes back what was counted in a window that has not expired. */
  readonly amount?: number;
  /** When the total exceeds it, later counts of the same call are not counted. */
  readonly limit?: number;
}

export interface Counted {
  /** The total with this count; never negative. */
  readonly total: number;
  /** Milliseconds until the window ends. */
  readonly left: number;
}

/** Counters that all nodes share when there is a Redis, otherwise this node's own, in bounded memory. */
export abstract class CountersPort {
  /**
   * Counts in order, atomically and in one round trip, up to and including the first count that exceeds its limit.
   * While Redis is unavailable, limits hold all the same: this node counts by itself.
   */
  abstract increaseCounters(counts: readonly Count[]): Promise<Counted[]>;
  /** Resets these counters to zero. */
  abstract resetCounters(keys: readonly string[]): Promise<void>;
}
