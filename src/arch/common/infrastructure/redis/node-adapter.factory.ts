import { Injectable } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Namespace } from 'socket.io';
import type { Adapter } from 'socket.io-adapter';
import { NodeAdapterClient } from './node-adapter.client.js';
import { RedisConnection } from './redis-connection.js';
import { RedisPublisher } from './redis-publisher.js';
import { RedisSubscriber } from './redis-subscriber.js';

/** Joins a Socket.IO namespace with those of the same name on other nodes. */
@Injectable()
export class NodeAdapterFactory {
  constructor(
    private readonly redis: RedisConnection,
    private readonly publisher: RedisPublisher,
    private readonly subscriber: RedisSubscriber,
  ) {}

  /** Undefined without `REDIS_URL`: there are no other nodes then. */
  create(): ((namespace: Namespace) => Adapter) | undefined {
    if (!this.redis.client) return undefined;
    const client = new NodeAdapterClient(this.publisher, this.subscriber);
    return createAdapter(client, client, { key: this.redis.channel('nodes') });
  }
}
