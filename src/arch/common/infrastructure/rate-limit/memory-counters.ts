import type { LRUCache } from 'lru-cache';
import type { Count, Counted } from '../../application/ports/counters.port.js';
import { boundedCache } from '../bounded-cache.js';

/** Milliseconds. */
const SWEEP_INTERVAL = 1_000;

interface Window {
  total: number;
  /** Milliseconds on a clock that is never set. */
  readonly endsAt: number;
}

/** Fixed windows in this process. Beyond `most` those go that nobody has counted in for longest. */
export class MemoryCounters {
  private readonly windows: LRUCache<string, Window>;
  private sweepAt = 0;

  constructor(most: number) {
    this.windows = boundedCache(most);
  }

  get size(): number {
    return this.windows.size;
  }

  increaseCounter({ key, window, amount = 1 }: Count): Counted {
    const now = performance.now();
    const open = this.activeWindow(key, now) ?? this.openWindow(key, now + window, amount);
    open.total = Math.max(0, open.total + amount);
    return { total: open.total, left: Math.ceil(open.endsAt - now) };
  }

  resetCounter(key: string): void {
    this.windows.delete(key);
  }

  /** Gives up the memory of at most so many windows that are over, wherever they stand; answers how many. */
  evictEndedWindows(limit: number): number {
    const now = performance.now();
    let gone = 0;
    for (const key of this.windows.rkeys()) {
      if (gone >= limit) break;
      if ((this.windows.peek(key)?.endsAt ?? 0) > now) continue;
      this.windows.delete(key);
      gone += 1;
    }
    return gone;
  }

  private activeWindow(key: string, now: number): Window | undefined {
    const found = this.windows.get(key);
    return found && found.endsAt > now ? found : undefined;
  }

  /** What is given back after its window needs none. */
  private openWindow(key: string, endsAt: number, amount: number): Window {
    const opened = { total: 0, endsAt };
    if (amount < 0) return opened;
    this.sweepEnd();
    this.windows.set(key, opened);
    return opened;
  }

  /** Gives up the memory of windows that are over, from those on that were not counted in for longest. */
  private sweepEnd(): void {
    const now = performance.now();
    if (now < this.sweepAt) return;
    this.sweepAt = now + SWEEP_INTERVAL;
    for (const key of this.windows.rkeys()) {
      if ((this.windows.peek(key)?.endsAt ?? 0) > now) return;
      this.windows.delete(key);
    }
  }
}
