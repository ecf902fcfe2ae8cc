import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { NameFolding } from './name-folding.js';

let batches: number;
let answer: () => Promise<number>;
let folding: NameFolding;

beforeEach(() => {
  Logger.overrideLogger(false);
  vi.useFakeTimers();
  batches = 0;
  answer = async () => 0;
  const database = {
    runInTransaction: () => {
      batches += 1;
      return answer();
    },
  };
  folding = new NameFolding(database as unknown as Database);
});
afterEach(() => {
  folding.onModuleDestroy();
  vi.useRealTimers();
});

it('polls every minute, whether the database answers or not', async () => {
  await folding.onApplicationBootstrap();
  expect(batches).toBe(1);
  answer = () => Promise.reject(new Error('away'));
  await vi.advanceTimersByTimeAsync(59_999);
  expect(batches).toBe(1);
  await vi.advanceTimersByTimeAsync(60_001);
  expect(batches).toBe(3);
});

it('continues soon after a full batch', async () => {
  answer = async () => 500;
  await folding.onApplicationBootstrap();
  answer = async () => 499;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(batches).toBe(2);
});

it('stops with the server, also in the middle of a batch', async () => {
  await folding.onApplicationBootstrap();
  const { promise, resolve } = Promise.withResolvers<number>();
  answer = () => promise;
  await vi.advanceTimersByTimeAsync(60_000);
  folding.onModuleDestroy();
  resolve(0);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([batches, vi.getTimerCount()]).toEqual([2, 0]);
});

it('stops with the server between two batches', async () => {
  await folding.onApplicationBootstrap();
  folding.onModuleDestroy();
  expect(vi.getTimerCount()).toBe(0);
});
