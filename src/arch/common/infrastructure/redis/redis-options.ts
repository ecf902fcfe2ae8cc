import type { RedisOptions } from 'ioredis';

/**
 * No command waits for an unavailable Redis, and none is sent twice: a command fails at once without a connection, and
 * after its timeout without an answer.
 */
export const REDIS_OPTIONS = {
  // All values are milliseconds. A request waits this long for Redis at most, then it continues without it.
  commandTimeout: 500,
  connectTimeout: 1_000,
  // A connection without an answer for this long is taken for dead, whatever TCP reports.
  socketTimeout: 2_000,
  keepAlive: 10_000,
  enableOfflineQueue: false,
  // The check requires permission for INFO, which nothing else needs, and writes to the console without it.
  // RedisConnection probes instead.
  enableReadyCheck: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, 500),
  connectionName: 'causerie',
  disableClientInfo: true,
} satisfies RedisOptions;

/** Options of the connections between nodes: no request waits for them, and a late answer must not lose messages. */
export const PUBSUB_OPTIONS = {
  // The time that a connection may be silent: until then it is only slow.
  commandTimeout: REDIS_OPTIONS.socketTimeout,
} satisfies RedisOptions;
