/**
 * Which history the database tells. Another epoch begins when it has gone back in time, or may have: a restore, a standby
 * that was promoted. What was numbered in an earlier one, numbers something else in this one (ADR 31).
 */
export abstract class DatabaseEpochPort {
  /**
   * Opaque, at most 64 characters, the same on all nodes. Costs nothing. Read it before what it is to vouch for: then it is
   * at worst an earlier one than that of what is read, and whoever repeats it is told to start over.
   * @throws UnavailableError while the database has never been reached
   */
  abstract get current(): string;
  /** @param forget called when another epoch begins, at once, before anything of it is answered; it must not wait */
  abstract onRenewal(forget: () => void): void;
  /** What was numbered in the present epoch has been numbered again: another one begins. Never throws, never waits. */
  abstract endEpoch(): void;
  /** Somebody speaks of another epoch: looks soon which it is. Never throws, never waits. */
  abstract suspectOtherEpoch(): void;
}
