import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryCounters } from './memory-counters.js';

const hit = (counters: MemoryCounters, key: string) =>
  counters.increaseCounter({ key, window: 60_000 }).total;

describe('counters in memory', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('stay bounded whatever the number of addresses, and the least recently used are evicted', () => {
    const counters = new MemoryCounters(1_000);
    for (let client = 0; client < 1_500; client += 1) {
      hit(counters, `address:${client}`);
      hit(counters, 'busy');
    }
    expect(counters.size).toBe(1_000);
    expect(hit(counters, 'busy')).toBe(1_501);
    expect(hit(counters, 'address:1499')).toBe(2);
    expect(hit(counters, 'address:502')).toBe(2);
    expect(hit(counters, 'address:0')).toBe(1);
  });

  it('keep a window for its time, and no longer', () => {
    const counters = new MemoryCounters(10);
    hit(counters, 'ada');
    vi.advanceTimersByTime(59_999);
    expect(hit(counters, 'ada')).toBe(2);
    vi.advanceTimersByTime(1);
    expect(hit(counters, 'ada')).toBe(1);
  });

  it.each([60_000, 60_001, 3_600_000])('free the memory of ended windows, after %i ms', (after) => {
    const counters = new MemoryCounters(2_000);
    for (let client = 0; client < 1_000; client += 1) hit(counters, `address:${client}`);
    vi.advanceTimersByTime(after);
    hit(counters, 'ada');
    expect(counters.size).toBe(1);
  });

  it.each([60_000, 61_000])(
    'give it up on demand too, also behind an active one, so many at a time',
    (after) => {
      const counters = new MemoryCounters(2_000);
      counters.increaseCounter({ key: 'long', window: 3_600_000 });
      for (let client = 0; client < 1_000; client += 1) hit(counters, `address:${client}`);
      expect(counters.evictEndedWindows(500)).toBe(0);
      vi.advanceTimersByTime(after);
      expect([
        counters.evictEndedWindows(600),
        counters.evictEndedWindows(600),
        counters.evictEndedWindows(600),
      ]).toEqual([600, 400, 0]);
      expect(counters.size).toBe(1);
    },
  );
});
