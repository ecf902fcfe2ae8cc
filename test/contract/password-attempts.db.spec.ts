import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThrottlerLimits } from '../../src/arch/common/application/throttler-limits.js';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import { CountersAdapter } from '../../src/arch/common/infrastructure/rate-limit/counters.adapter.js';
import { RedisConnection } from '../../src/arch/common/infrastructure/redis/redis-connection.js';
import { PasswordAttemptsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/password-attempts.adapter.js';
import { PasswordKeys } from '../../src/arch/modules/auth/infrastructure/adapters/password-keys.js';
import { PasswordAttemptsFake } from '../fakes/password-attempts.fake.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { testConfig } from '../support/test-config.js';
import { passwordAttemptsContract } from './password-attempts.contract.js';

const limits = new ThrottlerLimits({
  global: 120,
  auth: 50,
  refresh: 60,
  upload: 10,
  members: 60,
  invite: 20,
  reactions: 60,
  files: 2_000,
});

const NOWHERE = async () => false;

describe('attempts at passwords, the fake', () => {
  const attempts = new PasswordAttemptsFake(50);
  passwordAttemptsContract(() => ({ attempts, pass: async (time) => void (attempts.now += time) }));
});

describe('attempts at passwords, in memory', () => {
  const config = testConfig();
  const counters = new CountersAdapter(new RedisConnection(config));
  const attempts = new PasswordAttemptsAdapter(counters, limits, new PasswordKeys(config));
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  passwordAttemptsContract(() => ({ attempts, pass: async (time) => void vi.advanceTimersByTime(time) }));

  it('refuse an early attempt for a second while others are still being checked', async () => {
    const looking = Promise.withResolvers<boolean>();
    const logIn = (n: number) =>
      attempts.attemptPassword(
        { email: `class-${n}@x.io`, address: '203.0.113.30', purpose: 'login', isAtHome: NOWHERE },
        () => looking.promise,
      );
    const early = Array.from({ length: 50 }, (_, n) => logIn(n));
    await expect(logIn(50)).rejects.toThrow(new RateLimitedError(1_000, 'Too many wrong passwords.'));
    await expect(logIn(50)).rejects.toMatchObject({ retryAfterMs: 1_000 });
    looking.resolve(true);
    expect(await Promise.all(early)).not.toContain(false);
    expect(await logIn(50)).toBe(true);
  });
});

describe('attempts at passwords, in Redis', () => {
  let server: RedisServer;
  let connection: RedisConnection;
  let redis: Redis;
  let attempts: PasswordAttemptsAdapter;
  beforeAll(async () => {
    server = await startRedis();
    const config = testConfig({ REDIS_URL: server.url });
    connection = new RedisConnection(config);
    await connection.onModuleInit();
    redis = new Redis(server.url);
    attempts = new PasswordAttemptsAdapter(new CountersAdapter(connection), limits, new PasswordKeys(config));
  });
  afterAll(async () => {
    redis.disconnect();
    await connection.onApplicationShutdown();
    await server.stop();
  });

  /**
   * Redis has its own clock: keys that would expire within that time are deleted, and the others expire that much
   * earlier.
   */
  async function pass(time: number): Promise<void> {
    for (const key of await redis.keys('causerie:count:password:*')) {
      await redis.pexpire(key, Math.max(0, (await redis.pttl(key)) - time));
    }
  }

  passwordAttemptsContract(() => ({ attempts, pass }));

  it('contain no address, and expire by themselves', async () => {
    const keys = await redis.keys('causerie:count:password:*');
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.join(' ')).not.toMatch(/@|x\.io|198\.51/i);
    for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(0);
  });
});
