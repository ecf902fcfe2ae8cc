import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { addressNetworks } from '../../../../common/domain/address-networks.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { RedisConnection } from '../../../../common/infrastructure/redis/redis-connection.js';
import type { LoginThrottlePort } from '../../application/ports/login-throttle.port.js';

const FREE_FAILURES = 10;
/** Seconds: what the last free failure costs, doubled by each one after it, up to the longest. */
const FIRST_WAIT = 10;
const LONGEST_WAIT = 900;
/** Seconds from the first failure on. */
const FORGOTTEN_AFTER = 86_400;

interface Limiters {
  readonly failures: RateLimiterAbstract;
  readonly waits: RateLimiterAbstract;
}

const FAILURES = { points: FREE_FAILURES, duration: FORGOTTEN_AFTER, keyPrefix: 'causerie:login:failures' };
const WAITS = { points: 1, duration: LONGEST_WAIT, keyPrefix: 'causerie:login:waits' };

/** Failures of each account and address (of IPv6 a /64), for all nodes in Redis, else for this one in memory. */
@Injectable()
export class LoginThrottleAdapter implements LoginThrottlePort {
  private readonly secret: Uint8Array;
  private readonly local = { failures: new RateLimiterMemory(FAILURES), waits: new RateLimiterMemory(WAITS) };
  private readonly shared: Limiters;

  constructor(
    { env }: AppConfig,
    private readonly redis: RedisConnection,
  ) {
    this.secret = new Uint8Array(hkdfSync('sha256', env.JWT_ACCESS_SECRET, '', 'login throttle', 32));
    const storeClient = redis.client;
    this.shared = storeClient
      ? {
          failures: new RateLimiterRedis({ ...FAILURES, storeClient }),
          waits: new RateLimiterRedis({ ...WAITS, storeClient }),
        }
      : this.local;
  }

  async check(email: string, address: string): Promise<void> {
    const wait = await this.of(email, address, ({ waits }, key) => waits.get(key));
    if (wait && wait.msBeforeNext > 0)
      throw new RateLimitedError(wait.msBeforeNext, 'Too many failed logins.');
  }

  failed(email: string, address: string): Promise<void> {
    return this.of(email, address, async ({ failures, waits }, key) => {
      const beyond = (await failures.penalty(key)).consumedPoints - FREE_FAILURES;
      if (beyond >= 0) await waits.block(key, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** beyond));
    });
  }

  succeeded(email: string, address: string): Promise<void> {
    return this.of(email, address, async ({ failures, waits }, key) => {
      await Promise.all([failures.delete(key), waits.delete(key)]);
    });
  }

  /**
   * Neither Redis nor the memory learns who tried. In memory 2¹⁶ keys bound what any number of pairs costs;
   * nobody can choose whom to share one with, since the hash is keyed.
   */
  private of<T>(
    email: string,
    address: string,
    work: (limiters: Limiters, key: string) => Promise<T>,
  ): Promise<T> {
    const pair = JSON.stringify([email.toLowerCase(), addressNetworks(address)[0]]);
    const hash = createHmac('sha256', this.secret).update(pair).digest();
    return this.redis.orLocal(
      () => work(this.shared, hash.toString('base64url')),
      () => work(this.local, String(hash.readUInt16BE())),
    );
  }
}
