import { expect, it, vi } from 'vitest';
import type { Count, CountersPort } from '../../src/arch/common/application/ports/counters.port.js';

const one = (key: string, more: Partial<Count> = {}): Count => ({ key, window: 60_000, ...more });

/** The contract of all counters. Windows are short here, because a real Redis has its own clock. */
export function countersContract(counters: () => CountersPort): void {
  const totals = async (...counts: readonly Count[]) =>
    (await counters().increaseCounters(counts)).map(({ total }) => total);

  it.each([60_000, 3_600_000])('counts, and says how long a window of %i ms lasts', async (window) => {
    const key = `one:${window}`;
    expect(await totals(one(key, { window }))).toEqual([1]);
    const [counted] = await counters().increaseCounters([one(key, { window })]);
    expect(counted?.total).toBe(2);
    expect(counted?.left).toBeGreaterThan(window - 5_000);
    expect(counted?.left).toBeLessThanOrEqual(window);
  });

  it('counts each key separately, several in one call, in order', async () => {
    expect(await totals(one('a'), one('b'))).toEqual([1, 1]);
    expect(await totals(one('b'), one('c'), one('a'))).toEqual([2, 1, 2]);
  });

  it('counts up to the first key that is beyond its limit, which it counts, and no further', async () => {
    const both = [one('own', { limit: 2 }), one('shared', { limit: 10 })];
    expect(await totals(...both)).toEqual([1, 1]);
    expect(await totals(...both)).toEqual([2, 2]);
    expect(await totals(...both)).toEqual([3]);
    expect(await totals(...both)).toEqual([4]);
    expect(await totals(one('shared'))).toEqual([3]);
  });

  it('counts all of many simultaneous calls', async () => {
    await Promise.all(Array.from({ length: 200 }, () => totals(one('many'))));
    expect(await totals(one('many'))).toEqual([201]);
  });

  it('counts by more than one, and uncounts', async () => {
    expect(await totals(one('back', { amount: 5 }))).toEqual([5]);
    expect(await totals(one('back', { amount: -2 }))).toEqual([3]);
    expect(await totals(one('back', { amount: -9 }))).toEqual([0]);
    expect(await totals(one('back'))).toEqual([1]);
  });

  it('uncounts nothing, and opens no window, when there is none', async () => {
    expect(await totals(one('never', { amount: -1 }))).toEqual([0]);
    expect(await totals(one('never'))).toEqual([1]);
  });

  it('starts at 0 after the window, also for a client that never stopped trying', async () => {
    const short = one('short', { window: 200 });
    expect(await totals(short)).toEqual([1]);
    expect(await totals(short)).toEqual([2]);
    await vi.waitFor(async () => expect(await totals(short)).toEqual([1]), { interval: 10, timeout: 5_000 });
  });

  it('starts at 0 after a reset', async () => {
    for (const window of [60_000, 3_600_000]) {
      const key = `forgotten:${window}`;
      await totals(one(key, { window, amount: 7 }));
      await counters().resetCounters([key, 'unknown']);
      expect(await totals(one(key, { window }))).toEqual([1]);
    }
  });

  it('takes any limit', async () => {
    expect(await totals(one('large', { limit: 1_000_000_000 * 100 }), one('behind'))).toEqual([1, 1]);
  });
}
