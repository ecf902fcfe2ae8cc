import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import { isNodeMessage } from './node-message.js';
import type { RedisPublisher } from './redis-publisher.js';
import type { RedisSubscriber } from './redis-subscriber.js';

/**
 * The part of an ioredis client that `@socket.io/redis-adapter` uses, made safe for it: the adapter leaves refused
 * commands uncaught, trusts what it hears, and would end other nodes' sockets when told to.
 */
export class NodeAdapterClient extends EventEmitter {
  private readonly logger = new Logger('Nodes');

  constructor(
    private readonly publisher: RedisPublisher,
    private readonly subscriber: RedisSubscriber,
  ) {
    // The adapter's listeners are asynchronous; what they throw becomes an `error` event.
    super({ captureRejections: true });
    this.on(
      'error',
      guardListener((error: unknown) => this.logger.error(error)),
    );
  }

  publish(channel: string, message: string): void {
    this.publisher.publish(channel, message);
  }

  subscribe(channels: readonly string[]): void {
    for (const channel of channels) {
      this.subscriber.subscribe(channel, (message) => {
        if (isNodeMessage(message)) this.emit('messageBuffer', channel, message);
      });
    }
  }

  unsubscribe(channels: readonly string[]): void {
    for (const channel of channels) this.subscriber.unsubscribe(channel);
  }

  /** The adapter's own broadcasts travel here. There are none: each node writes to its own sockets. */
  psubscribe(): void {}

  punsubscribe(): void {}
}
