import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedWrites } from './paced-writes.js';

let paced: PacedWrites;
let written: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  paced = new PacedWrites();
  written = [];
});
afterEach(() => void vi.useRealTimers());

const write = (key: string, name: string) =>
  paced.run(key, async () => {
    written.push(name);
    return name;
  });

it('writes the first at once, and those of the next second together at its end', async () => {
  expect(await write('a', '1')).toBe('1');
  const waiting = [write('a', '2'), write('a', '3')];
  expect(await write('b', 'other')).toBe('other');
  await vi.advanceTimersByTimeAsync(999);
  expect(written).toEqual(['1', 'other']);
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all(waiting)).toEqual(['2', '3']);
  const last = write('a', '4');
  await vi.advanceTimersByTimeAsync(999);
  expect(written).toEqual(['1', 'other', '2', '3']);
  await vi.advanceTimersByTimeAsync(1);
  expect(await last).toBe('4');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(paced.size).toBe(0);
});

it('the second begins when what was written is stored, not before', async () => {
  const stored = Promise.withResolvers<void>();
  void paced.run('a', () => stored.promise);
  const next = write('a', 'next');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual([]);
  stored.resolve();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await next).toBe('next');
});

it('a failure is the caller’s own, and those after it are written', async () => {
  const failed = paced.run('a', () => Promise.reject(new TypeError('No.')));
  await expect(failed).rejects.toThrow('No.');
  const next = write('a', 'next');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await next).toBe('next');
});
