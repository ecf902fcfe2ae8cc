import { Global, Module } from '@nestjs/common';
import { BusPort } from '../../application/ports/bus.port.js';
import { LocalBusAdapter } from './local-bus.adapter.js';
import { RedisBusAdapter } from './redis-bus.adapter.js';
import { RedisConnection } from './redis-connection.js';

@Global()
@Module({
  providers: [
    RedisConnection,
    {
      provide: BusPort,
      useFactory: (redis: RedisConnection) =>
        redis.client ? new RedisBusAdapter(redis, redis.client) : new LocalBusAdapter(),
      inject: [RedisConnection],
    },
  ],
  exports: [RedisConnection, BusPort],
})
export class RedisModule {}
