import type { Clock } from '../../src/ports.ts';

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  private time = 1_000;
  private readonly timers = new Map<object, { readonly due: number; readonly run: () => void }>();
  /** What the device's clock shows more than the other one. */
  wallOffset = 1_700_000_000_000;

  now(): number {
    return this.time;
  }

  wallTime(): number {
    return this.time + this.wallOffset;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer = {};
    this.timers.set(timer, { due: this.time + delayMs, run });
    return () => void this.timers.delete(timer);
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Lets time pass, with each timer at its time, and everything that follows from it. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let fired = 0; fired < 100_000; fired += 1) {
      const due = Math.min(...[...this.timers.values()].map((timer) => timer.due));
      if (due > end) break;
      const next = [...this.timers].find(([, timer]) => timer.due === due);
      if (!next) break;
      this.time = Math.max(this.time, due);
      this.timers.delete(next[0]);
      next[1].run();
      await settle();
    }
    this.time = end;
    await settle();
  }
}
