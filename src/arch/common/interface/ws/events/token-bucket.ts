/** Tolerance for rounding errors of sums: a client that waits exactly as long as it was asked to is let through. */
const ROUNDING = 1e-6;

/** Seconds' worth of events that may come at once. */
const BURST = 2;

/** Allows a number of events a second, and twice as many at once. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  /** @param now milliseconds on a monotonic clock, as in `take` */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = this.size;
    this.filledAt = now;
  }

  /**
   * Takes a token for an event. Returns the milliseconds until the next one is available; 0 when this event may begin.
   */
  take(now: number): number {
    const filled = this.tokens + ((now - this.filledAt) * this.perSecond) / 1_000;
    this.tokens = Math.min(this.size, filled);
    this.filledAt = now;
    const missing = 1 - this.tokens;
    if (missing > ROUNDING) return Math.max(1, Math.ceil((missing * 1_000) / this.perSecond - ROUNDING));
    this.tokens -= 1;
    return 0;
  }

  /** Returns the last token, because its event did not count. */
  giveBack(): void {
    this.tokens += 1;
  }

  /** Whether all tokens are available again. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) * this.perSecond) / 1_000 > this.size - ROUNDING;
  }

  private get size(): number {
    return this.perSecond * BURST;
  }
}
