import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAnnouncements } from './announcements.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen(): { told: string[]; add: (text: string) => void } {
  const told: string[] = [];
  const { add } = createAnnouncements(
    (text) => told.push(text),
    (count) => `${count} new`,
  );
  return { told, add };
}

it('tells the first at once, and at most once a second', () => {
  const { told, add } = listen();
  for (const text of ['one', 'two', 'three']) add(text);
  expect(told).toEqual(['one']);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['one', 'two\nthree']);
  add('four');
  vi.advanceTimersByTime(999);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe('four');
});

it('counts more than three', () => {
  const { told, add } = listen();
  for (const text of ['one', 'two', 'three', 'four', 'five']) add(text);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['one', '4 new']);
});
