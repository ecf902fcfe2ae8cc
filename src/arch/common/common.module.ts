import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { OpenWork } from './application/open-work.js';
import { RoomEmitterPort } from './application/ports/room-emitter.port.js';
import { AppConfig } from './infrastructure/config/app-config.js';
import { RateLimitModule } from './infrastructure/rate-limit/rate-limit.module.js';
import { RedisModule } from './infrastructure/redis/redis.module.js';
import { DrainService } from './interface/drain.service.js';
import { HealthController } from './interface/http/health.controller.js';
import { ClientThrottlerGuard } from './interface/http/throttling/client-throttler.guard.js';
import { SocketIoRoomEmitter } from './interface/ws/socket-io-room-emitter.js';
import { UserQuotas } from './interface/ws/user-quotas.js';

@Global()
@Module({
  imports: [RedisModule, RateLimitModule],
  controllers: [HealthController],
  providers: [
    OpenWork,
    DrainService,
    SocketIoRoomEmitter,
    { provide: RoomEmitterPort, useExisting: SocketIoRoomEmitter },
    ClientThrottlerGuard,
    { provide: APP_GUARD, useExisting: ClientThrottlerGuard },
    {
      provide: UserQuotas,
      useFactory: ({ env }: AppConfig) => new UserQuotas(env.THROTTLE_WS_LIMIT),
      inject: [AppConfig],
    },
  ],
  exports: [OpenWork, SocketIoRoomEmitter, RoomEmitterPort, UserQuotas],
})
export class CommonModule {}
