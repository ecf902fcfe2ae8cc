import { Global, Module } from '@nestjs/common';
import { BusPort } from '../../application/ports/bus.port.js';
import { NodesPort } from '../../application/ports/nodes.port.js';
import { LivingNodesAdapter } from './living-nodes.adapter.js';
import { LocalBusAdapter } from './local-bus.adapter.js';
import { NodeSeal } from './node-seal.js';
import { RedisBusAdapter } from './redis-bus.adapter.js';
import { RedisConnection } from './redis-connection.js';
import { RedisPublisher } from './redis-publisher.js';
import { RedisSubscriber } from './redis-subscriber.js';

@Global()
@Module({
  providers: [
    RedisConnection,
    NodeSeal,
    RedisPublisher,
    RedisSubscriber,
    {
      provide: BusPort,
      useFactory: (redis: RedisConnection, publisher: RedisPublisher, subscriber: RedisSubscriber) =>
        redis.client ? new RedisBusAdapter(publisher, subscriber, redis) : new LocalBusAdapter(),
      inject: [RedisConnection, RedisPublisher, RedisSubscriber],
    },
    { provide: NodesPort, useClass: LivingNodesAdapter },
  ],
  exports: [RedisConnection, BusPort, NodesPort],
})
export class RedisModule {}
