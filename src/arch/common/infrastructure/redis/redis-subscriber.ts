import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { guardListener } from '../../application/guard-listener.js';
import { MinuteLog } from '../../application/minute-log.js';
import { type Dropped, NodeSeal } from './node-seal.js';
import { RedisConnection } from './redis-connection.js';
import { PUBSUB_OPTIONS } from './redis-options.js';

/** Milliseconds between heartbeats: a silent connection may have been lost without notice. */
const HEARTBEAT = 2_000;
/** Maximum milliseconds that a start waits for its subscriptions. */
const START_LIMIT = 1_000;

const EXPLAINED: Record<Dropped, string> = {
  own: 'of this node',
  forged: 'of no node with this secret and version',
  late: 'from another minute: the clocks of the nodes differ, or it was published again',
  replayed: 'published before',
};

type Listener = (message: Buffer) => void;

/**
 * Receives what other nodes publish; other messages are dropped. Subscribing needs a dedicated connection, which
 * reconnects by itself and subscribes again; ioredis could do that too (`autoResubscribe`), but leaves a refusal
 * uncaught.
 */
@Injectable()
export class RedisSubscriber implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Nodes');
  private readonly listeners = new Map<string, Listener>();
  private readonly client: Redis | undefined;
  private readonly subscribed = Promise.withResolvers<void>();
  private readonly heartbeat: NodeJS.Timeout | undefined;
  private refused = false;
  private connected: { readonly since: number; heardAt: number } | null = null;
  private readonly dropped = new MinuteLog<Dropped>((count, last) =>
    this.logger.warn(`${count} messages from Redis were dropped; the last one was ${EXPLAINED[last]}.`),
  );

  constructor(
    private readonly redis: RedisConnection,
    private readonly seal: NodeSeal,
  ) {
    this.client = redis.client?.duplicate({ ...PUBSUB_OPTIONS, lazyConnect: true });
    if (!this.client) return;
    // RedisConnection logs that Redis is unavailable.
    this.client.on('error', () => undefined);
    this.client.on(
      'ready',
      guardListener(() => this.subscribeChannels([...this.listeners.keys()])),
    );
    this.client.on(
      'close',
      guardListener(() => (this.connected = null)),
    );
    this.client.on(
      'messageBuffer',
      guardListener((channel: Buffer, message: Buffer) => this.handleMessage(channel.toString(), message)),
    );
    this.heartbeat = setInterval(
      guardListener(() => this.sendHeartbeat()),
      HEARTBEAT,
    ).unref();
  }

  /** Of the connection that has subscribed: its begin, and when this node last received a message of its own. */
  get connection(): { readonly since: number; readonly heardAt: number } | null {
    return this.connected;
  }

  /** Registers the one listener of a channel; it must not throw. Without Redis it is never called. */
  subscribe(channel: string, listener: Listener): void {
    this.listeners.set(channel, listener);
    if (this.client?.status === 'ready') void this.subscribeChannels([channel]);
  }

  /** Subscribes before the node listens; without Redis it starts nevertheless, and subscribes later. */
  async onApplicationBootstrap(): Promise<void> {
    // After a failure it connects again by itself.
    this.client?.connect().catch(() => undefined);
    if (!this.redis.isAvailable) return;
    await Promise.race([this.subscribed.promise, delay(START_LIMIT, undefined, { ref: false })]);
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    this.client?.disconnect();
  }

  private handleMessage(channel: string, message: Buffer): void {
    const listener = this.listeners.get(channel);
    if (!listener) return;
    const opened = this.seal.openMessage(channel, message);
    if (typeof opened !== 'string') listener(opened);
    else if (opened !== 'own') this.dropped.logDetail(opened);
    else if (this.connected) this.connected.heardAt = performance.now();
  }

  private async subscribeChannels(channels: string[]): Promise<void> {
    try {
      if (channels.length > 0) await this.client?.subscribe(...channels);
      this.refused = false;
      const now = performance.now();
      this.connected ??= { since: now, heardAt: now };
      this.subscribed.resolve();
    } catch (error) {
      this.reconnect(error);
    }
  }

  /** Without an answer the connection ends (`socketTimeout`), and a new one follows. */
  private async sendHeartbeat(): Promise<void> {
    if (this.client?.status === 'ready') await this.client.ping().catch(() => undefined);
  }

  /** Repeats refused or unanswered subscriptions on a new connection, unless the node is shutting down. */
  private reconnect(error?: unknown): void {
    if (!this.client || this.client.status === 'end') return;
    if (this.client.status === 'ready' && !this.refused) {
      this.refused = true;
      this.logger.warn(`This node does not receive the events of others: ${String(error)}`);
    }
    this.client.disconnect(true);
  }
}
