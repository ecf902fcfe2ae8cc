/**
 * The history of the database. Another epoch begins when the database has gone back in time, or may have: after a
 * restore, or the promotion of a standby. Numbers given in an earlier epoch may be given again for other rows (ADR 31).
 */
export abstract class DatabaseEpochPort {
  /**
   * Opaque, at most 64 characters, the same on all nodes; read from memory. Read it before the rows it is returned
   * with: then it is at worst older than they are, and a client that sends it back has to start over.
   * @throws UnavailableError while the database has never been reached
   */
  abstract get current(): string;
  /** @param forget called when another epoch begins, before any answer from it is sent; it must not wait */
  abstract onRenewal(forget: () => void): void;
  /** Begins another epoch, because numbers of the current one have been given again. Never throws, never waits. */
  abstract endEpoch(): void;
  /** Schedules a check of the epoch, because a client or node has sent another one. Never throws, never waits. */
  abstract suspectOtherEpoch(): void;
}
