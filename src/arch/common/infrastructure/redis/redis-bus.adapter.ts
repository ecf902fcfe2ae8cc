import { Logger } from '@nestjs/common';
import type { BusPort } from '../../application/ports/bus.port.js';
import { type BusMessage, parseBusMessage } from './bus-message.js';
import type { RedisPublisher } from './redis-publisher.js';
import type { RedisSubscriber } from './redis-subscriber.js';

/** One Redis channel for everything: who hears what is settled here. */
export class RedisBusAdapter implements BusPort {
  private readonly logger = new Logger('Bus');
  private readonly listeners = new Map<string, ((message: string) => void)[]>();

  /** @param room the Redis channel */
  constructor(
    private readonly publisher: RedisPublisher,
    subscriber: RedisSubscriber,
    private readonly room: string,
  ) {
    subscriber.subscribe(room, (text) => this.hear(parseBusMessage(text.toString())));
  }

  publish(channel: string, message: string): void {
    this.publisher.publish(this.room, JSON.stringify({ channel, message } satisfies BusMessage));
  }

  subscribe(channel: string, listener: (message: string) => void): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
  }

  private hear(heard: BusMessage | null): void {
    if (!heard) return;
    for (const listener of this.listeners.get(heard.channel) ?? []) {
      try {
        listener(heard.message);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
