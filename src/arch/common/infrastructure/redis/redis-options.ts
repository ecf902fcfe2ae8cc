import type { RedisOptions } from 'ioredis';

/**
 * Nothing waits for a Redis that is away, and nothing is sent twice: a command fails at once when there is no
 * connection, and after its time when there is no answer.
 */
export const REDIS_OPTIONS = {
  // Milliseconds, as all of them. A request waits for Redis that long at most, then it goes on without.
  commandTimeout: 500,
  connectTimeout: 1_000,
  // A connection that has swallowed commands for this long is dead, whatever TCP believes.
  socketTimeout: 2_000,
  keepAlive: 10_000,
  enableOfflineQueue: false,
  // It asks for INFO, a right that nothing else needs, and writes to the console where there is none. RedisConnection looks.
  enableReadyCheck: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, 500),
  connectionName: 'causerie',
  disableClientInfo: true,
} satisfies RedisOptions;

/** Of connections over which nodes talk: nobody waits for them, and a late answer is no reason to lose word. */
export const PUBSUB_OPTIONS = {
  // As long as a connection may keep silent: before that, it is only slow.
  commandTimeout: REDIS_OPTIONS.socketTimeout,
} satisfies RedisOptions;
