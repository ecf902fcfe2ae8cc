import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe } from 'vitest';
import { MemoryCounterStorage } from '../../src/arch/common/infrastructure/rate-limit/memory-counter.storage.js';
import { RedisCounterStorage } from '../../src/arch/common/infrastructure/rate-limit/redis-counter.storage.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { counterStorageContract } from './counter-storage.contract.js';

describe('counters in memory', () => {
  const storage = new MemoryCounterStorage();
  counterStorageContract(() => storage);
});

describe('counters in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  let storage: RedisCounterStorage;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    storage = new RedisCounterStorage(redis);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  counterStorageContract(() => storage);
});
