import { beforeEach, expect, it } from 'vitest';
import { SharedCount } from './shared-count.js';

const HOUR = 3_600_000;
let count: SharedCount;

beforeEach(() => {
  count = new SharedCount(HOUR, 0);
});

it('lets the limit be used, and then says how long the window lasts', () => {
  count.add(2);
  expect(count.waitFor(1, 3, 1_000)).toBe(0);
  count.add(1);
  expect(count.waitFor(1, 3, 1_000)).toBe(HOUR - 1_000);
  expect(count.waitFor(1, 3, HOUR)).toBe(0);
});

it('lets again be used what was taken back', () => {
  count.add(3);
  count.add(-1);
  expect(count.waitFor(1, 3, 0)).toBe(0);
  expect(count.waitFor(2, 3, 0)).toBe(HOUR);
});

it('reports what has changed since the last report, and takes over the total and the window of all nodes', () => {
  expect(count.isDue).toBe(false);
  count.add(2);
  expect(count.isDue).toBe(true);
  expect(count.beginReport()).toBe(2);
  count.add(1);
  expect(count.isDue).toBe(false);
  count.reported({ total: 10, left: 500 }, 100);
  count.endReport();
  expect(count.waitFor(1, 11, 100)).toBe(500);
  expect(count.waitFor(1, 12, 100)).toBe(0);
  expect([count.isDue, count.beginReport()]).toEqual([true, 1]);
});
