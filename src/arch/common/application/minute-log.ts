import { guardListener } from './guard-listener.js';

const MINUTE = 60_000;

/**
 * Log lines that clients can provoke at will: the first is written at once, then one a minute at most, with a count.
 */
export class MinuteLog<Detail> {
  private count = 0;
  private waiting = false;

  /** @param write gets the number of events since the last line, and the last of them */
  constructor(private readonly write: (count: number, last: Detail) => void) {}

  logDetail(detail: Detail): void {
    this.count += 1;
    this.last = detail;
    if (!this.waiting) this.flush();
  }

  private last: Detail | undefined;

  private readonly flush = guardListener(() => {
    this.waiting = this.last !== undefined;
    if (this.last === undefined) return;
    setTimeout(this.flush, MINUTE).unref();
    const { count, last } = this;
    this.count = 0;
    this.last = undefined;
    this.write(count, last);
  });
}
