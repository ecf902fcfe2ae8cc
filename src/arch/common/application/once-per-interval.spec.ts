import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OncePerInterval } from './once-per-interval.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const countTo = (emitted: number[], maxRemembered = 1_000) =>
  new OncePerInterval<{ n: number }>(
    ({ n }) => emitted.push(n),
    () => true,
    { maxRemembered },
  );

it('takes one timer, whatever the number of keys, and none afterwards', () => {
  const states = countTo([]);
  for (let n = 0; n < 1_000; n += 1) states.emitState(String(n), { n });
  expect([vi.getTimerCount(), states.size]).toEqual([1, 1_000]);
  vi.advanceTimersByTime(1_000);
  expect([vi.getTimerCount(), states.size]).toEqual([0, 0]);
});

it('lets the oldest second end early rather than remember more than it may, and loses nothing', () => {
  const emitted: number[] = [];
  const states = countTo(emitted, 2);
  states.emitState('a', { n: 1 });
  states.emitState('a', { n: 2 });
  states.emitState('b', { n: 3 });
  states.emitState('c', { n: 4 });
  expect([emitted, states.size]).toEqual([[1, 3, 2, 4], 2]);
  vi.advanceTimersByTime(1_000);
  expect([emitted, states.size]).toEqual([[1, 3, 2, 4], 0]);
});

it('ends each second in its time', () => {
  const emitted: number[] = [];
  const states = countTo(emitted);
  for (const n of [1, 2, 3]) {
    states.emitState(String(n), { n });
    states.emitState(String(n), { n: n * 10 });
    vi.advanceTimersByTime(300);
  }
  expect(emitted).toEqual([1, 2, 3]);
  vi.advanceTimersByTime(100);
  expect(emitted).toEqual([1, 2, 3, 10]);
  vi.advanceTimersByTime(600);
  expect(emitted).toEqual([1, 2, 3, 10, 20, 30]);
  states.cancelAll();
  expect(vi.getTimerCount()).toBe(0);
});
