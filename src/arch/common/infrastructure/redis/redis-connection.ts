import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { guardListener } from '../../application/guard-listener.js';
import { MinuteLog } from '../../application/minute-log.js';
import { AppConfig } from '../config/app-config.js';
import { REDIS_OPTIONS } from './redis-options.js';

const CLOSED = 'the connection was closed';
/** Milliseconds between probes of an unavailable Redis. */
const PROBE_INTERVAL = 250;
/** Maximum milliseconds that a start waits for Redis. */
const START_LIMIT = 1_000;
const PROBE_KEY = 'causerie:probe';

/**
 * The connection to Redis, if `REDIS_URL` is set. It may become unavailable at any time: callers decide what they do
 * then.
 */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** Undefined without `REDIS_URL`. */
  readonly client: Redis | undefined;
  private readonly logger = new Logger('Redis');
  private readonly decided = Promise.withResolvers<void>();
  private state: 'starting' | 'available' | 'unavailable' | 'closed' = 'starting';
  private problem = CLOSED;
  private timer: NodeJS.Timeout | undefined;
  private readonly refusals = new MinuteLog<string>((count, last) =>
    this.logger.warn(
      `Redis refused ${count} commands, and this node counted by itself; the last one: ${last}`,
    ),
  );

  constructor({ env }: AppConfig) {
    if (env.REDIS_URL === undefined) return;
    this.client = new Redis(env.REDIS_URL, REDIS_OPTIONS);
    // Without this listener ioredis writes to the console.
    this.client.on(
      'error',
      guardListener((error: Error) => (this.problem = error.message)),
    );
    this.client.on('ready', this.probe);
    this.client.on(
      'close',
      guardListener(() => this.markUnavailable(this.problem)),
    );
  }

  get isAvailable(): boolean {
    return this.state === 'available';
  }

  /** A channel's name in Redis, whose channels are common to all its databases. */
  redisChannel(name: string): string {
    return `causerie:${name}:${this.client?.options.db ?? 0}`;
  }

  /** Connects before the first request, so that it is already counted in Redis; an unavailable Redis costs a second. */
  async onModuleInit(): Promise<void> {
    if (!this.client) return;
    const giveUp = guardListener(() => this.markUnavailable('it does not answer'));
    const timer = setTimeout(giveUp, START_LIMIT);
    await this.decided.promise;
    clearTimeout(timer);
  }

  /** The result of `remote`, or of `local` when there is no Redis or it does not answer in time. */
  async orLocal<T>(remote: () => Promise<T>, local: () => Promise<T>): Promise<T> {
    if (!this.isAvailable) return local();
    try {
      return await remote();
    } catch (error) {
      this.onCommandFailed(error);
      return local();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.state = 'closed';
    clearTimeout(this.timer);
    // Without a connection there is nothing to close.
    await this.client?.quit().catch(() => this.client?.disconnect());
  }

  private readonly probe = guardListener(async () => {
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      await this.selectDatabase();
      await this.probeRedis();
      this.markAvailable();
    } catch (error) {
      this.markUnavailable(
        this.reasonOf(error),
        isRefusal(error) ? 'refuses what this node needs' : 'is unavailable',
      );
    }
  });

  /** ioredis has sent it already, but would continue in database 0 if it failed. */
  private async selectDatabase(): Promise<void> {
    const { db = 0 } = this.client?.options ?? {};
    if (db === 0) return;
    await this.client?.select(db).catch((error: Error) => {
      error.message = `database ${db} of REDIS_URL: ${error.message}`;
      throw error;
    });
  }

  /**
   * Sends all commands of the counters, so that a Redis that refuses one of them (full, read-only, no permission)
   * counts as unavailable. They are sent separately: Redis 7.0 does not report which command of a script it refuses.
   */
  private async probeRedis(): Promise<void> {
    const commands = this.client
      ?.pipeline()
      .set(PROBE_KEY, 1)
      .incrby(PROBE_KEY, 1)
      .pexpire(PROBE_KEY, 1_000)
      .pttl(PROBE_KEY)
      .eval("return redis.call('DEL', KEYS[1])", 1, PROBE_KEY);
    for (const [error] of (await commands?.exec()) ?? []) if (error) throw error;
  }

  private markAvailable(): void {
    if (this.state === 'closed') return;
    if (this.state === 'unavailable') this.logger.log('Redis is available again.');
    this.state = 'available';
    this.problem = CLOSED;
    this.decided.resolve();
  }

  /** A refusal may concern one command or one key: a probe finds out whether it concerns all. */
  private onCommandFailed(error: unknown): void {
    if (!isRefusal(error)) return this.markUnavailable(this.reasonOf(error));
    this.refusals.logDetail(error.message);
    this.scheduleProbe();
  }

  /** Without a connection ioredis only reports that there is none. */
  private reasonOf(error: unknown): string {
    return this.client?.status === 'ready' ? (error as Error).message : this.problem;
  }

  private markUnavailable(problem: string, how = 'is unavailable'): void {
    if (this.state === 'closed') return;
    if (this.state !== 'unavailable') {
      this.logger.warn(`Redis ${how} (${problem}): this node works without it until it is available again.`);
    }
    this.state = 'unavailable';
    this.decided.resolve();
    this.scheduleProbe();
  }

  private scheduleProbe(): void {
    if (this.state !== 'closed') this.timer ??= setTimeout(this.probe, PROBE_INTERVAL).unref();
  }
}

/** Whether Redis has answered with an error. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';
