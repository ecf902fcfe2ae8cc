import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testConfig } from '../../../../../test/support/test-config.js';
import { NodeSeal } from './node-seal.js';
import type { RedisConnection } from './redis-connection.js';
import { RedisSubscriber } from './redis-subscriber.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends no heartbeat after the shutdown', () => {
  const client = new Redis({ lazyConnect: true });
  const subscriber = new RedisSubscriber({ client } as RedisConnection, new NodeSeal(testConfig()));
  expect(vi.getTimerCount()).toBe(1);
  subscriber.onApplicationShutdown();
  expect(vi.getTimerCount()).toBe(0);
});
