import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { RedisServer } from '../../../../../test/support/redis-server.js';
import { startRedis } from '../../../../../test/support/start-redis.js';
import { testConfig } from '../../../../../test/support/test-config.js';
import { RedisConnection } from './redis-connection.js';

let server: RedisServer;
let connection: RedisConnection;

beforeAll(async () => {
  server = await startRedis();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  connection = new RedisConnection(testConfig({ REDIS_URL: server.url }));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await connection.onApplicationShutdown();
});
afterAll(() => server.stop());

it('a Redis that was found at the start is not given up when the time for finding it is over', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn');
  await connection.onModuleInit();
  expect(connection.isAvailable).toBe(true);
  await vi.advanceTimersByTimeAsync(1_500);
  expect([connection.isAvailable, warn.mock.calls]).toEqual([true, []]);
});
