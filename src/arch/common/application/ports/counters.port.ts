/** One thing to count, in a window that begins with its first count and then has a fixed length. */
export interface Count {
  /** What is counted and of whom, such as `global:user:…`. It must not tell who somebody is. */
  readonly key: string;
  /** Milliseconds until it starts anew. */
  readonly window: number;
  /** How much it is: 1 unless said otherwise; below 0 it gives back what was counted in a window that still lasts. */
  readonly amount?: number;
  /** Beyond it nothing that comes after in the same call is counted. */
  readonly limit?: number;
}

export interface Counted {
  /** With this count; never below 0. */
  readonly total: number;
  /** Milliseconds until it starts anew. */
  readonly left: number;
}

/** Counters that all nodes share when there is a Redis, else this node's own, in bounded memory. */
export abstract class CountersPort {
  /**
   * Counts in order, in one step that nobody comes between and one round trip, up to and with the first that is
   * then beyond its limit. A Redis that is away refuses nobody and lets nobody off: this node counts by itself.
   */
  abstract increaseCounters(counts: readonly Count[]): Promise<Counted[]>;
  /** Starts these counters anew. */
  abstract resetCounters(keys: readonly string[]): Promise<void>;
}
