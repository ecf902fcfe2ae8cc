import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../database.js';
import { EpochWatch } from './epoch-watch.js';

let looks: number;
let answer: () => Promise<void>;
let watch: EpochWatch;

beforeEach(() => {
  Logger.overrideLogger(false);
  vi.useFakeTimers();
  looks = 0;
  answer = async () => undefined;
  const database = {
    readEpoch: () => {
      looks += 1;
      return answer();
    },
  };
  watch = new EpochWatch(database as unknown as Database);
});
afterEach(() => {
  watch.onModuleDestroy();
  vi.useRealTimers();
});

it('checks before the first request, then every two seconds, whether the database answers or not', async () => {
  await watch.onApplicationBootstrap();
  expect(looks).toBe(1);
  answer = () => Promise.reject(new Error('away'));
  await vi.advanceTimersByTimeAsync(6_000);
  expect(looks).toBe(4);
});

it('stops with the server, also in the middle of a check', async () => {
  await watch.onApplicationBootstrap();
  const { promise, resolve } = Promise.withResolvers<void>();
  answer = () => promise;
  await vi.advanceTimersByTimeAsync(2_000);
  watch.onModuleDestroy();
  resolve();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([looks, vi.getTimerCount()]).toEqual([2, 0]);
});

it('stops with the server between two checks', async () => {
  await watch.onApplicationBootstrap();
  watch.onModuleDestroy();
  expect(vi.getTimerCount()).toBe(0);
});
