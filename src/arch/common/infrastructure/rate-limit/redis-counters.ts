import type { Redis, Result } from 'ioredis';
import type { Count, Counted } from '../../application/ports/counters.port.js';

/**
 * Arguments for each key: amount, window in milliseconds, limit. Returns a total and the remaining milliseconds for
 * each.
 */
const SCRIPT = `
local counted = {}
for i, key in ipairs(KEYS) do
  local amount, window, limit = tonumber(ARGV[3 * i - 2]), ARGV[3 * i - 1], tonumber(ARGV[3 * i])
  local total, left = 0, redis.call('PTTL', key)
  -- A window that ends at this instant has ended.
  if left == 0 then redis.call('DEL', key) end
  if amount > 0 or left > 0 then total = redis.call('INCRBY', key, amount) end
  if total < 0 then
    redis.call('SET', key, 0, 'KEEPTTL')
    total = 0
  end
  if amount > 0 and left <= 0 then
    redis.call('PEXPIRE', key, window)
    left = tonumber(window)
  end
  counted[2 * i - 1], counted[2 * i] = total, left
  if total > limit then break end
end
return counted`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    causerieCount(keys: number, ...keysAndArguments: (string | number)[]): Result<number[], Context>;
  }
}

/** Fixed windows that all nodes share: any number of counts in one script, so in one round trip. */
export class RedisCounters {
  constructor(private readonly redis: Redis) {
    redis.defineCommand('causerieCount', { lua: SCRIPT });
  }

  async increaseCounters(counts: readonly Count[]): Promise<Counted[]> {
    const answer = await this.redis.causerieCount(
      counts.length,
      ...counts.map(({ key }) => wireKey(key)),
      ...counts.flatMap(({ window, amount = 1, limit = Number.MAX_SAFE_INTEGER }) => [amount, window, limit]),
    );
    return Array.from({ length: answer.length / 2 }, (_, index) => ({
      total: answer[2 * index] ?? 0,
      left: Math.max(0, answer[2 * index + 1] ?? 0),
    }));
  }

  async resetCounters(keys: readonly string[]): Promise<void> {
    await this.redis.del(...keys.map(wireKey));
  }
}

const wireKey = (key: string) => `causerie:count:${key}`;
