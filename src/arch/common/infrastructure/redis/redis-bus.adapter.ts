import { Logger } from '@nestjs/common';
import type { BusPort } from '../../application/ports/bus.port.js';
import { type BusMessage, parseBusMessage } from './bus-message.js';
import type { RedisConnection } from './redis-connection.js';
import type { RedisPublisher } from './redis-publisher.js';
import type { RedisSubscriber } from './redis-subscriber.js';

/** All channels of the bus share one Redis channel and are distinguished here; each topic has its own Redis channel. */
export class RedisBusAdapter implements BusPort {
  readonly reachesNodes = true;
  private readonly logger = new Logger('Bus');
  private readonly listeners = new Map<string, ((message: string) => void)[]>();
  private readonly sharedChannel: string;
  private readonly topicPrefix: string;

  constructor(
    private readonly publisher: RedisPublisher,
    private readonly subscriber: RedisSubscriber,
    redis: RedisConnection,
  ) {
    this.sharedChannel = redis.redisChannel('bus');
    // The prefix of `@socket.io/redis-adapter`, with which older nodes publish.
    this.topicPrefix = `${redis.redisChannel('nodes')}-request#`;
    subscriber.subscribe(this.sharedChannel, (text) => this.receive(parseBusMessage(text.toString())));
  }

  get connection() {
    return this.subscriber.connection;
  }

  publish(channel: string, message: string): void {
    this.publisher.publishMessage(
      this.sharedChannel,
      JSON.stringify({ channel, message } satisfies BusMessage),
    );
  }

  subscribe(channel: string, listener: (message: string) => void): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
  }

  publishToTopic(topic: string, message: string): void {
    this.publisher.publishMessage(this.topicChannel(topic), message);
  }

  subscribeToTopic(topic: string, listener: (message: string) => void): void {
    this.subscriber.subscribe(this.topicChannel(topic), (message) => listener(message.toString()));
  }

  private topicChannel(topic: string): string {
    return `${this.topicPrefix}${topic}#`;
  }

  private receive(received: BusMessage | null): void {
    if (!received) return;
    for (const listener of this.listeners.get(received.channel) ?? []) {
      try {
        listener(received.message);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
