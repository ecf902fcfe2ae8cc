import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { RedisConnection } from '../redis/redis-connection.js';
import type { CountedHit } from './counted-hit.js';
import { MemoryCounterStorage } from './memory-counter.storage.js';
import { RedisCounterStorage } from './redis-counter.storage.js';

type Hit = Parameters<ThrottlerStorage['increment']>;

/** In Redis when it is there, else in memory: nobody is refused because it is away, and nobody is unlimited. */
@Injectable()
export class CounterStorage implements ThrottlerStorage {
  private readonly memory = new MemoryCounterStorage();
  private readonly shared: ThrottlerStorage;

  constructor(private readonly redis: RedisConnection) {
    this.shared = redis.client ? new RedisCounterStorage(redis.client) : this.memory;
  }

  increment(...hit: Hit): Promise<CountedHit> {
    return this.redis.orLocal(
      () => this.shared.increment(...hit),
      () => this.memory.increment(...hit),
    );
  }
}
