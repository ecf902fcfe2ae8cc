import type { LRUCache } from 'lru-cache';
import type { Count, Counted } from '../../application/ports/counters.port.js';
import { boundedCache } from '../bounded-cache.js';

/** Milliseconds between sweeps. */
const SWEEP_INTERVAL = 1_000;

interface Window {
  total: number;
}

/** Fixed windows in this process. Above `most` the least recently used ones are evicted. */
export class MemoryCounters {
  private readonly windows: LRUCache<string, Window>;
  /** Milliseconds on a monotonic clock, from 1 on: for the cache, an entry that begins at 0 never expires. */
  private now = 1;
  private sweepAt = 0;

  constructor(most: number) {
    this.windows = boundedCache(most, {
      // The sweeps find and evict windows that have ended.
      allowStale: true,
      ttlResolution: 0,
      perf: { now: () => this.now },
    });
  }

  get size(): number {
    return this.windows.size;
  }

  increaseCounter({ key, window, amount = 1 }: Count): Counted {
    this.readClock();
    const left = this.windows.getRemainingTTL(key);
    const active = left > 0 ? this.windows.get(key) : undefined;
    const counted = active ?? this.openWindow(key, window, amount);
    counted.total = Math.max(0, counted.total + amount);
    return { total: counted.total, left: Math.ceil(active ? left : window) };
  }

  resetCounter(key: string): void {
    this.windows.delete(key);
  }

  /** Evicts a limited number of windows that have ended, in any order; returns how many. */
  evictEndedWindows(limit: number): number {
    this.readClock();
    let evicted = 0;
    for (const key of this.windows.rkeys()) {
      if (evicted >= limit) break;
      if (this.evictIfEnded(key)) evicted += 1;
    }
    return evicted;
  }

  private readClock(): void {
    this.now = performance.now() + 1;
  }

  /** Opens a window; a negative amount comes after its window has ended and counts nothing. */
  private openWindow(key: string, window: number, amount: number): Window {
    const opened = { total: 0 };
    if (amount < 0) return opened;
    this.sweepEnd();
    this.windows.set(key, opened, { ttl: window });
    return opened;
  }

  /** Evicts windows that have ended, beginning with the least recently used, up to the first one that has not. */
  private sweepEnd(): void {
    if (this.now < this.sweepAt) return;
    this.sweepAt = this.now + SWEEP_INTERVAL;
    for (const key of this.windows.rkeys()) if (!this.evictIfEnded(key)) return;
  }

  private evictIfEnded(key: string): boolean {
    return this.windows.getRemainingTTL(key) <= 0 && this.windows.delete(key);
  }
}
