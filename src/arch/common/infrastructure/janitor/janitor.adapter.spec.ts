import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../database/database.js';
import { JanitorAdapter } from './janitor.adapter.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let janitor: JanitorAdapter;
/** Number of its batches. */
let batches: number;
let sweep: () => Promise<number>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  batches = 0;
  sweep = async () => 0;
  janitor = new JanitorAdapter({} as Database);
  janitor.registerSweeps({
    name: 'files',
    of: 'node',
    batch: () => {
      batches += 1;
      return sweep();
    },
  });
});
afterEach(() => {
  janitor.onModuleDestroy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('begins long after the start, and runs again every hour or a little later', async () => {
  janitor.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
  expect(batches).toBe(0);
  await vi.advanceTimersByTimeAsync(5 * MINUTE + 1);
  expect(batches).toBe(1);
  await vi.advanceTimersByTimeAsync(50 * MINUTE);
  expect(batches).toBe(1);
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  expect(batches).toBe(2);
});

it('runs again within two minutes when something was left, as by a failed sweep', async () => {
  sweep = () => Promise.reject(new Error('away'));
  janitor.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  const before = batches;
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(batches).toBeGreaterThan(before);
});

it('continues after a whole batch, because more may be left, and ends a sweep with the first smaller one', async () => {
  const gone = [500, 500, 499, 500];
  sweep = async () => gone.shift() ?? 0;
  const round = janitor.runRound();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(await round).toEqual({ removed: { files: 1_499 }, complete: true });
  expect(batches).toBe(3);
});

it('stops with the server, also in the middle of a round', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  sweep = () => promise;
  janitor.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  janitor.onModuleDestroy();
  resolve(0);
  await vi.advanceTimersByTimeAsync(3 * HOUR);
  expect([batches, vi.getTimerCount()]).toEqual([1, 0]);
});

it('stops with the server between two rounds', () => {
  janitor.onApplicationBootstrap();
  janitor.onModuleDestroy();
  expect(vi.getTimerCount()).toBe(0);
});
