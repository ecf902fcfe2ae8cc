import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { type CountedHit, countedHit } from './counted-hit.js';

/** Fixed windows that all nodes share. */
export class RedisCounterStorage implements ThrottlerStorage {
  private readonly counters: ThrottlerStorageRedisService;

  constructor(redis: Redis) {
    this.counters = new ThrottlerStorageRedisService(redis);
  }

  async increment(client: string, ttl: number, limit: number, _: number, name: string): Promise<CountedHit> {
    // Without a limit it only counts: its blocks last up to two windows, and who keeps trying stays blocked.
    const { totalHits, timeToExpire } = await this.counters.increment(
      `causerie:${client}`,
      ttl,
      Number.MAX_SAFE_INTEGER,
      ttl,
      name,
    );
    return countedHit(totalHits, limit, timeToExpire);
  }
}
