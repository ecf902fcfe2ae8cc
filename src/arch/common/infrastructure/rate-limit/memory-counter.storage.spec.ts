import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryCounterStorage } from './memory-counter.storage.js';

async function hit(storage: MemoryCounterStorage, client: string): Promise<boolean> {
  return (await storage.increment(client, 60_000, 1, 0, 'global')).isBlocked;
}

describe('counters in memory', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('stay bounded whatever the number of addresses, and the oldest go first', async () => {
    const storage = new MemoryCounterStorage();
    for (let client = 0; client < 150_000; client += 1) await hit(storage, `address:${client}`);
    expect(storage.size).toBeLessThanOrEqual(100_000);
    expect(await hit(storage, 'address:149999')).toBe(true);
    expect(await hit(storage, 'address:51001')).toBe(true);
    expect(await hit(storage, 'address:49999')).toBe(false);
  });

  it('keep a window for its time, and no longer', async () => {
    const storage = new MemoryCounterStorage();
    await hit(storage, 'ada');
    vi.advanceTimersByTime(59_999);
    expect(await hit(storage, 'ada')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await hit(storage, 'ada')).toBe(false);
  });

  it('give up the memory of windows that are over', async () => {
    const storage = new MemoryCounterStorage();
    for (let client = 0; client < 1_000; client += 1) await hit(storage, `address:${client}`);
    vi.advanceTimersByTime(60_000);
    await hit(storage, 'ada');
    expect(storage.size).toBe(1);
  });
});
