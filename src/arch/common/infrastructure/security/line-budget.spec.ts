import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LineBudget } from './line-budget.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('has one timer while something is counted, and none after the summary', () => {
  const budget = new LineBudget<string>(() => undefined);
  for (const key of ['a', 'b', 'a']) budget.takeLine('event', key, key);
  expect(vi.getTimerCount()).toBe(1);
  budget.flushCounts();
  expect(vi.getTimerCount()).toBe(0);
});

it('a minute begins with its first line, also after an early summary', () => {
  const summaries: [string, number][] = [];
  const budget = new LineBudget<string>((...summary) => summaries.push(summary));
  budget.takeLine('event', 'a', 'early');
  vi.advanceTimersByTime(40_000);
  budget.flushCounts();
  for (let line = 1; line <= 7; line += 1) budget.takeLine('event', 'a', `line ${line}`);
  vi.advanceTimersByTime(59_999);
  expect(summaries).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(summaries).toEqual([['line 7', 2]]);
});
