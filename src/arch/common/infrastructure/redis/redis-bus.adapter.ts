import { randomUUID } from 'node:crypto';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { BusPort } from '../../application/ports/bus.port.js';
import { type BusMessage, parseBusMessage } from './bus-message.js';
import type { RedisConnection } from './redis-connection.js';

/** One Redis channel for everything: who hears what is settled here. */
export class RedisBusAdapter implements BusPort, OnApplicationShutdown {
  private readonly logger = new Logger('Bus');
  private readonly node = randomUUID();
  private readonly listeners = new Map<string, ((message: string) => void)[]>();
  /** Subscribing takes a connection of its own. */
  private readonly subscriber: Redis;
  private readonly room: string;

  constructor(
    private readonly redis: RedisConnection,
    private readonly client: Redis,
  ) {
    // Redis does not keep the channels of its databases apart.
    this.room = `causerie:bus:${client.options.db ?? 0}`;
    this.subscriber = client.duplicate();
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('ready', () => {
      this.subscriber.subscribe(this.room).catch(() => this.reconnect());
    });
    this.subscriber.on('message', (_room: string, text: string) => this.hear(parseBusMessage(text)));
  }

  publish(channel: string, message: string): void {
    const text = JSON.stringify({ node: this.node, channel, message } satisfies BusMessage);
    void this.redis.orLocal(
      async () => void (await this.client.publish(this.room, text)),
      async () => undefined,
    );
  }

  subscribe(channel: string, listener: (message: string) => void): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
  }

  onApplicationShutdown(): void {
    this.subscriber.disconnect();
  }

  /** A subscription that got no answer is tried again on a new connection, unless this is the end. */
  private reconnect(): void {
    if (this.subscriber.status !== 'end') this.subscriber.disconnect(true);
  }

  private hear(heard: BusMessage | null): void {
    if (!heard || heard.node === this.node) return;
    for (const listener of this.listeners.get(heard.channel) ?? []) {
      try {
        listener(heard.message);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
