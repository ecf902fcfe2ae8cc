import type { Counted } from '../../../../common/application/ports/counters.port.js';

/**
 * What a user has used of one limit within a window: the total of all nodes at the last report, and what this node has
 * counted since. Times are milliseconds on a monotonic clock.
 */
export class SharedCount {
  private total = 0;
  /** What the counters of all nodes do not have yet; negative when more was taken back. */
  private unreported = 0;
  private endsAt: number;
  private isReporting = false;

  constructor(
    private readonly window: number,
    now: number,
  ) {
    this.endsAt = now + window;
  }

  /** Whether there is something to report, and no report in flight. */
  get isDue(): boolean {
    return this.unreported !== 0 && !this.isReporting;
  }

  /** Returns the milliseconds to wait before `amount` more may be used; 0 when it may be now. */
  waitFor(amount: number, most: number, now: number): number {
    if (now >= this.endsAt) this.startAnew(now);
    return this.total + amount > most ? this.endsAt - now : 0;
  }

  /** @param amount negative to take back */
  add(amount: number): void {
    this.total = Math.max(0, this.total + amount);
    this.unreported += amount;
  }

  /** Returns what to report, which counts as reported from here on. */
  beginReport(): number {
    const { unreported } = this;
    this.unreported = 0;
    this.isReporting = true;
    return unreported;
  }

  /** Sets the total of all nodes, plus what this node has counted meanwhile. */
  reported({ total, left }: Counted, now: number): void {
    this.total = Math.max(0, total + this.unreported);
    this.endsAt = now + left;
  }

  endReport(): void {
    this.isReporting = false;
  }

  private startAnew(now: number): void {
    this.total = 0;
    this.unreported = 0;
    this.endsAt = now + this.window;
  }
}
