import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { guardListener } from '../../application/guard-listener.js';
import { NodeSeal } from './node-seal.js';
import { RedisConnection } from './redis-connection.js';
import { PUBSUB_OPTIONS } from './redis-options.js';

/** Maximum bytes in flight to Redis: several seconds of a busy node. Further messages are dropped. */
const MAX_WAITING = 16 * 2 ** 20;
/** Milliseconds between log lines: a Redis that refuses some messages would otherwise be logged for every event. */
const LOG_INTERVAL = 60_000;

/** Publishes to other nodes over a dedicated connection, so that large messages do not delay the counters. */
@Injectable()
export class RedisPublisher implements OnApplicationShutdown {
  private readonly logger = new Logger('Nodes');
  private readonly client: Redis | undefined;
  private problem = 'Redis is not connected';
  private waiting = 0;
  private lost = 0;
  private isLogged = false;
  private loggedAt = -Infinity;
  private closed = false;

  constructor(
    { client }: RedisConnection,
    private readonly seal: NodeSeal,
  ) {
    this.client = client?.duplicate(PUBSUB_OPTIONS);
    this.client?.on(
      'error',
      guardListener((error: Error) => (this.problem = error.message)),
    );
  }

  /** Never throws, never waits. Messages that Redis does not take are dropped: later they would be out of order. */
  publishMessage(channel: string, message: string): void {
    if (this.client?.status !== 'ready') return this.onLost(this.problem);
    const bytes = Buffer.byteLength(message);
    if (this.waiting + bytes > MAX_WAITING) return this.onLost('Redis is slower than this node');
    this.waiting += bytes;
    const settle = (outcome: () => void) => {
      this.waiting -= bytes;
      outcome();
    };
    this.client.publish(channel, this.seal.sealMessage(channel, message)).then(
      () => settle(() => this.onPublished()),
      (error: Error) => settle(() => this.onLost(error.message)),
    );
  }

  /** Closes the connection after pending messages, or after two seconds when Redis does not answer. */
  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.client?.quit().catch(() => this.client?.disconnect());
  }

  private onPublished(): void {
    if (!this.isLogged) return;
    this.logger.log(`Other nodes receive this one's events again; they missed ${this.lost}.`);
    this.isLogged = false;
    this.lost = 0;
  }

  private onLost(problem: string): void {
    if (this.closed) return;
    this.lost += 1;
    const now = performance.now();
    if (this.isLogged || now - this.loggedAt < LOG_INTERVAL) return;
    this.isLogged = true;
    this.loggedAt = now;
    this.logger.warn(`Other nodes do not receive this one's live events (${problem}).`);
  }
}
