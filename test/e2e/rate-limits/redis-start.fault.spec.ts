import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer } from '../../support/test-server.js';
import { newAddress, statuses } from './callers.js';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const start = () => TestServer.start({ REDIS_URL: redis.url, THROTTLE_GLOBAL_LIMIT: '2', TRUST_PROXY: '1' });

it('a server starts without its Redis, limits, and finds it later', async () => {
  const logged = vi.spyOn(Logger.prototype, 'log');
  await redis.kill();
  const server = await start();
  expect(await statuses(server, 3, { from: newAddress() })).toEqual([200, 200, 429]);
  await redis.restart();
  await vi.waitFor(() => expect(logged).toHaveBeenCalledWith('Redis is available again.'), {
    timeout: 10_000,
  });
  const from = newAddress();
  expect(await statuses(server, 2, { from })).toEqual([200, 200]);
  const second = await start();
  expect(await statuses(second, 1, { from })).toEqual([429]);
  await Promise.all([server.stop(), second.stop()]);
});

it('a server stops while its Redis does not answer', async () => {
  const server = await start();
  redis.freeze();
  const begin = performance.now();
  await server.stop();
  expect(performance.now() - begin).toBeLessThan(3_000);
  redis.thaw();
});
