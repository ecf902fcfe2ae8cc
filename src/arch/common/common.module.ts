import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { OpenWork } from './application/open-work.js';
import { RoomEmitterPort } from './application/ports/room-emitter.port.js';
import { SecurityLogPort } from './application/ports/security-log.port.js';
import { AppConfig } from './infrastructure/config/app-config.js';
import { RateLimitModule } from './infrastructure/rate-limit/rate-limit.module.js';
import { RedisModule } from './infrastructure/redis/redis.module.js';
import { SecurityLogAdapter } from './infrastructure/security/security-log.adapter.js';
import { DrainService } from './interface/drain.service.js';
import { HealthController } from './interface/http/health.controller.js';
import { ClientThrottlerGuard } from './interface/http/throttling/client-throttler.guard.js';
import { EventQuota } from './interface/ws/event-quota.js';
import { SocketIoRoomEmitter } from './interface/ws/socket-io-room-emitter.js';
import { UserSockets } from './interface/ws/user-sockets.js';

@Global()
@Module({
  imports: [RedisModule, RateLimitModule],
  controllers: [HealthController],
  providers: [
    OpenWork,
    DrainService,
    SocketIoRoomEmitter,
    { provide: RoomEmitterPort, useExisting: SocketIoRoomEmitter },
    UserSockets,
    { provide: SecurityLogPort, useClass: SecurityLogAdapter },
    ClientThrottlerGuard,
    { provide: APP_GUARD, useExisting: ClientThrottlerGuard },
    {
      provide: EventQuota,
      useFactory: ({ env }: AppConfig) => new EventQuota(env.THROTTLE_WS_LIMIT),
      inject: [AppConfig],
    },
  ],
  exports: [OpenWork, SocketIoRoomEmitter, RoomEmitterPort, SecurityLogPort, EventQuota, UserSockets],
})
export class CommonModule {}
