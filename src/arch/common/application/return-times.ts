/**
 * Milliseconds in which a full budget of retries may arrive: a small server on a busy machine stores it in that time.
 */
const TURN = 600;
/** The shortest and the longest `Retry-After`, in milliseconds. */
const SOONEST = 1_000;
const LATEST = 30_000;

/**
 * Spreads the retries of clients that are refused because too much is waiting: one after another, and later the more of
 * them there are. With the same delay they would all retry at once, and refusing them would take more time than the
 * waiting work.
 */
export class ReturnTimes {
  /** The time of the latest retry. */
  private last = -Infinity;

  /** @param room how much may wait at a time */
  constructor(private readonly room: number) {}

  /**
   * @param now milliseconds
   * @returns milliseconds from now
   */
  nextReturnTime(now: number): number {
    const turn = Math.max(this.last + TURN / this.room, now + SOONEST);
    this.last = Math.min(turn, now + LATEST);
    return Math.round(this.last - now);
  }
}
