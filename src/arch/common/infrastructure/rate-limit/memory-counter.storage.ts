import type { ThrottlerStorage } from '@nestjs/throttler';
import { type CountedHit, countedHit } from './counted-hit.js';

/** Entries, some 20 MB: more clients than that within a minute push the oldest windows out. */
const MAX_ENTRIES = 100_000;
/** How many of them go at once: the start of a map from which things were deleted is slow to find. */
const ROOM = 1_000;
/** Milliseconds. */
const SWEEP_EVERY = 1_000;

interface Window {
  hits: number;
  /** Milliseconds on a clock that is never set. */
  readonly endsAt: number;
}

/** Fixed windows in this process, the oldest first, since a new window goes to the end of the map. */
export class MemoryCounterStorage implements ThrottlerStorage {
  private readonly windows = new Map<string, Window>();
  private sweepAt = 0;

  get size(): number {
    return this.windows.size;
  }

  async increment(client: string, ttl: number, limit: number, _: number, name: string): Promise<CountedHit> {
    const key = `${name}:${client}`;
    const now = performance.now();
    const window = this.current(key, now) ?? this.open(key, now, ttl);
    window.hits += 1;
    return countedHit(window.hits, limit, Math.ceil((window.endsAt - now) / 1_000));
  }

  private current(key: string, now: number): Window | undefined {
    const found = this.windows.get(key);
    return found && found.endsAt > now ? found : undefined;
  }

  private open(key: string, now: number, ttl: number): Window {
    this.windows.delete(key);
    if (this.windows.size >= MAX_ENTRIES || now >= this.sweepAt) this.sweep(now);
    const window = { hits: 0, endsAt: now + ttl };
    this.windows.set(key, window);
    return window;
  }

  /** Removes what is over, and the oldest when there are too many. */
  private sweep(now: number): void {
    this.sweepAt = now + SWEEP_EVERY;
    const target = this.windows.size < MAX_ENTRIES ? MAX_ENTRIES : MAX_ENTRIES - ROOM;
    for (const [oldest, { endsAt }] of this.windows) {
      if (endsAt > now && this.windows.size <= target) return;
      this.windows.delete(oldest);
    }
  }
}
