import { inject } from 'vitest';
import { ExternalRedis } from './external-redis.js';
import { OwnRedis } from './own-redis.js';
import type { RedisServer } from './redis-server.js';

/** Fails when this machine has no Redis and cannot get one: no test is skipped. */
export async function startRedis(): Promise<RedisServer> {
  const found = inject('redis');
  if ('problem' in found) throw new Error(found.problem);
  return 'url' in found ? ExternalRedis.start(found.url) : OwnRedis.start(found);
}
