import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MinuteLog } from './minute-log.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('writes the first at once, then a line a minute at most, with how many there were and the last of them', () => {
  const lines: string[] = [];
  const log = new MinuteLog<string>((count, last) => lines.push(`${count} ${last}`));
  for (const name of ['a', 'b', 'c']) log.logDetail(name);
  expect(lines).toEqual(['1 a']);
  vi.advanceTimersByTime(59_999);
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(lines).toEqual(['1 a', '2 c']);
  log.logDetail('d');
  expect(lines).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual(['1 a', '2 c', '1 d']);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  log.logDetail('e');
  expect(lines.at(-1)).toBe('1 e');
});
