/** What sums of fractions are off by: who waits as long as told is let through. */
const ROUNDING = 1e-6;

/** Seconds whose events may come at once. */
const BURST = 2;

/** So many events a second, and twice as many at once. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  /** @param now milliseconds on a clock that is never set, as in `take` */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = this.size;
    this.filledAt = now;
  }

  /** Milliseconds until the next event is allowed; 0 when this one is, which then counts. */
  take(now: number): number {
    const filled = this.tokens + ((now - this.filledAt) * this.perSecond) / 1_000;
    this.tokens = Math.min(this.size, filled);
    this.filledAt = now;
    const missing = 1 - this.tokens;
    if (missing > ROUNDING) return Math.max(1, Math.ceil((missing * 1_000) / this.perSecond - ROUNDING));
    this.tokens -= 1;
    return 0;
  }

  /** What was taken last is not needed. */
  giveBack(): void {
    this.tokens += 1;
  }

  /** Whether nothing that was taken counts any more. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) * this.perSecond) / 1_000 > this.size - ROUNDING;
  }

  private get size(): number {
    return this.perSecond * BURST;
  }
}
