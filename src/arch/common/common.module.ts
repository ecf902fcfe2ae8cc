import { getHeapStatistics } from 'node:v8';
import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { InFlightWork } from './application/in-flight-work.js';
import { VisibilityReports } from './application/visibility-reports.js';
import { heldBudget, openBudget } from './application/work-budget.js';
import { IdempotencyDataPort } from './application/ports/idempotency-data.port.js';
import { IdempotencyPort } from './application/ports/idempotency.port.js';
import { ConnectedUsersPort } from './application/ports/connected-users.port.js';
import { RoomEmitterPort } from './application/ports/room-emitter.port.js';
import { SecurityLogPort } from './application/ports/security-log.port.js';
import { AppConfig } from './infrastructure/config/app-config.js';
import { IdempotencyDataAdapter } from './infrastructure/idempotency/idempotency-data.adapter.js';
import { IdempotencyAdapter } from './infrastructure/idempotency/idempotency.adapter.js';
import { KeySweep } from './infrastructure/idempotency/key-sweep.js';
import { RateLimitModule } from './infrastructure/rate-limit/rate-limit.module.js';
import { RedisModule } from './infrastructure/redis/redis.module.js';
import { SecurityLogAdapter } from './infrastructure/security/security-log.adapter.js';
import { DrainService } from './interface/drain.service.js';
import { HealthController } from './interface/http/server/health.controller.js';
import { ClientAddresses } from './interface/http/server/client-addresses.js';
import { KeyedCreations } from './interface/http/idempotency/keyed-creations.js';
import { OpenAnswers } from './interface/http/server/open-answers.js';
import { RequestsInFlightGuard } from './interface/http/sharing/requests-in-flight.guard.js';
import { TcpConnections } from './interface/http/server/tcp-connections.js';
import { AddressCeiling } from './interface/http/throttling/address-ceiling.js';
import { ClientThrottlerGuard } from './interface/http/throttling/client-throttler.guard.js';
import { ThrottlerLimits } from './application/throttler-limits.js';
import { CheckedGateways } from './interface/ws/events/checked-gateways.js';
import { EventQuota } from './interface/ws/events/event-quota.js';
import { ConnectedUsers } from './interface/ws/session/connected-users.js';
import { HandshakeLimit } from './interface/ws/session/handshake-limit.js';
import { SocketDrain } from './interface/ws/session/socket-drain.js';
import { SocketIoRoomEmitter } from './interface/ws/rooms/socket-io-room-emitter.js';
import { StartOver } from './interface/ws/session/start-over.js';
import { UserSockets } from './interface/ws/session/user-sockets.js';

/** Bytes; set by `--max-old-space-size`, otherwise Node derives it from the memory of the machine or the container. */
const heapLimit = (): number => getHeapStatistics().heap_size_limit;

@Global()
@Module({
  imports: [DiscoveryModule, RedisModule, RateLimitModule],
  controllers: [HealthController],
  providers: [
    { provide: InFlightWork, useFactory: () => new InFlightWork(openBudget(heapLimit())) },
    DrainService,
    OpenAnswers,
    CheckedGateways,
    SocketDrain,
    StartOver,
    TcpConnections,
    SocketIoRoomEmitter,
    { provide: RoomEmitterPort, useExisting: SocketIoRoomEmitter },
    VisibilityReports,
    ConnectedUsers,
    { provide: ConnectedUsersPort, useExisting: ConnectedUsers },
    UserSockets,
    { provide: SecurityLogPort, useClass: SecurityLogAdapter },
    { provide: IdempotencyPort, useClass: IdempotencyAdapter },
    { provide: IdempotencyDataPort, useClass: IdempotencyDataAdapter },
    KeySweep,
    KeyedCreations,
    ClientThrottlerGuard,
    { provide: APP_GUARD, useExisting: ClientThrottlerGuard },
    RequestsInFlightGuard,
    { provide: APP_GUARD, useExisting: RequestsInFlightGuard },
    AddressCeiling,
    HandshakeLimit,
    {
      provide: ThrottlerLimits,
      useFactory: ({ env }: AppConfig) =>
        new ThrottlerLimits({
          global: env.THROTTLE_GLOBAL_LIMIT,
          auth: env.THROTTLE_AUTH_LIMIT,
          refresh: env.THROTTLE_REFRESH_LIMIT,
          upload: env.THROTTLE_UPLOAD_LIMIT,
          members: env.THROTTLE_MEMBERS_LIMIT,
          invite: env.THROTTLE_INVITE_LIMIT,
          reactions: env.THROTTLE_REACTIONS_LIMIT,
          files: env.THROTTLE_FILES_LIMIT,
        }),
      inject: [AppConfig],
    },
    {
      provide: ClientAddresses,
      useFactory: ({ env }: AppConfig) => new ClientAddresses(env.TRUST_PROXY),
      inject: [AppConfig],
    },
    {
      provide: EventQuota,
      useFactory: ({ env }: AppConfig) => new EventQuota(env.THROTTLE_WS_LIMIT, heldBudget(heapLimit())),
      inject: [AppConfig],
    },
  ],
  exports: [
    InFlightWork,
    SocketIoRoomEmitter,
    RoomEmitterPort,
    VisibilityReports,
    ConnectedUsers,
    ConnectedUsersPort,
    SecurityLogPort,
    IdempotencyPort,
    IdempotencyDataPort,
    KeyedCreations,
    EventQuota,
    UserSockets,
    RateLimitModule,
    ThrottlerLimits,
    AddressCeiling,
    ClientAddresses,
    HandshakeLimit,
  ],
})
export class CommonModule {}
