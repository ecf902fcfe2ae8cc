import { Injectable } from '@nestjs/common';
import type { Count, Counted, CountersPort } from '../../application/ports/counters.port.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { MemoryCounters } from './memory-counters.js';
import { RedisCounters } from './redis-counters.js';

/** Milliseconds. Longer windows are kept apart, so that a flood of callers does not evict them. */
const SHORT = 60_000;
/** Maximum counters of each kind, about 20 MB together. */
const MAX_LOCAL_COUNTERS = 100_000;

@Injectable()
export class CountersAdapter implements CountersPort {
  private readonly short = new MemoryCounters(MAX_LOCAL_COUNTERS);
  private readonly long = new MemoryCounters(MAX_LOCAL_COUNTERS);
  private readonly shared: RedisCounters | undefined;

  constructor(private readonly redis: RedisConnection) {
    this.shared = redis.client && new RedisCounters(redis.client);
  }

  async increaseCounters(counts: readonly Count[]): Promise<Counted[]> {
    const { shared } = this;
    return shared
      ? this.redis.orLocal(
          () => shared.increaseCounters(counts),
          async () => this.increaseLocalCounters(counts),
        )
      : this.increaseLocalCounters(counts);
  }

  async resetCounters(keys: readonly string[]): Promise<void> {
    const { shared } = this;
    for (const memory of [this.short, this.long]) for (const key of keys) memory.resetCounter(key);
    if (shared)
      await this.redis.orLocal(
        () => shared.resetCounters(keys),
        async () => undefined,
      );
  }

  /** Evicts a limited number of windows that have ended; returns how many. */
  evictEndedWindows(limit: number): number {
    const gone = this.short.evictEndedWindows(limit);
    return gone + this.long.evictEndedWindows(limit - gone);
  }

  private increaseLocalCounters(counts: readonly Count[]): Counted[] {
    const counted: Counted[] = [];
    for (const count of counts) {
      const answer = (count.window > SHORT ? this.long : this.short).increaseCounter(count);
      counted.push(answer);
      if (answer.total > (count.limit ?? Infinity)) break;
    }
    return counted;
  }
}
