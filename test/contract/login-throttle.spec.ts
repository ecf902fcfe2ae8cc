import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { LoginThrottleAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/login-throttle.adapter.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';
import { loginThrottleContract } from './login-throttle.contract.js';

describe('failed logins in memory', () => {
  const config = testConfig();
  const throttle = new LoginThrottleAdapter(config, new RedisConnection(config));
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  loginThrottleContract(() => throttle);

  it('are let in again after the wait', async () => {
    for (let failure = 0; failure < 11; failure += 1) await throttle.failed('wait@test.example', '::1');
    vi.advanceTimersByTime(19_999);
    await expect(throttle.check('wait@test.example', '::1')).rejects.toThrow('Too many failed logins.');
    vi.advanceTimersByTime(1);
    await expect(throttle.check('wait@test.example', '::1')).resolves.toBeUndefined();
  });

  it('cost bounded memory, whatever the number of accounts', async () => {
    const before = vi.getTimerCount();
    for (let account = 0; account < 90_000; account += 1)
      await throttle.failed(`${account}@x.example`, '::1');
    // One for each of at most 2¹⁶ records of failures; the few waits come on top.
    expect(vi.getTimerCount() - before).toBeLessThan(70_000);
  });
});

describe('failed logins in Redis', () => {
  let server: RedisServer;
  let connection: RedisConnection;
  let throttle: LoginThrottleAdapter;
  beforeAll(async () => {
    server = await startRedis();
    const config = testConfig({ REDIS_URL: server.url });
    connection = new RedisConnection(config);
    await connection.onModuleInit();
    throttle = new LoginThrottleAdapter(config, connection);
  });
  afterAll(async () => {
    await connection.onApplicationShutdown();
    await server.stop();
  });

  loginThrottleContract(() => throttle);

  it('are in Redis, without a name, and go by themselves', async () => {
    for (let failure = 0; failure < 10; failure += 1)
      await throttle.failed('named@test.example', '192.0.2.55');
    const redis = new Redis(server.url);
    const keys = await redis.keys('causerie:login:*');
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.join(' ')).not.toMatch(/named|192\.0\.2/);
    for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(0);
    redis.disconnect();
  });
});
