import { getHeapStatistics } from 'node:v8';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { RoomEmitterPort } from '../../common/application/ports/room-emitter.port.js';
import { ChatModule } from '../chat/chat.module.js';
import { AnnouncedStates } from './application/announced-states.js';
import { EndPresenceSubscriptionHandler } from './application/commands/end-presence-subscription.command.js';
import { SubscribePresenceHandler } from './application/commands/subscribe-presence.command.js';
import { LastSeenRecorder } from './application/last-seen-recorder.js';
import { OnlineUsersPort } from './application/ports/online-users.port.js';
import { PresenceDataPort } from './application/ports/presence-data.port.js';
import { PresencePublisherPort } from './application/ports/presence-publisher.port.js';
import { PresenceStorePort } from './application/ports/presence-store.port.js';
import { VisibilityChangesPort } from './application/ports/visibility-changes.port.js';
import { PresenceAnnouncer } from './application/presence-announcer.js';
import { PresenceEmitter } from './application/presence-emitter.js';
import { PresenceReader } from './application/presence-reader.js';
import { PresenceWatchers } from './application/presence-watchers.js';
import { GetPresenceHandler } from './application/queries/get-presence.query.js';
import { OnlineUsersAdapter } from './infrastructure/adapters/online-users.adapter.js';
import { PresenceDataAdapter } from './infrastructure/adapters/presence-data.adapter.js';
import { PresencePublisherAdapter } from './infrastructure/adapters/presence-publisher.adapter.js';
import { PresenceStoreAdapter } from './infrastructure/adapters/presence-store.adapter.js';
import { VisibilityChangesAdapter } from './infrastructure/adapters/visibility-changes.adapter.js';
import { PresenceController } from './interface/http/presence.controller.js';
import { presenceEvent } from './interface/ws/dto/presence-events.js';
import { PresenceGateway } from './interface/ws/presence.gateway.js';
import { PresenceSockets } from './interface/ws/presence-sockets.js';

@Module({
  imports: [CqrsModule, ChatModule],
  controllers: [PresenceController],
  providers: [
    SubscribePresenceHandler,
    EndPresenceSubscriptionHandler,
    GetPresenceHandler,
    {
      provide: PresenceWatchers,
      useFactory: () => new PresenceWatchers(getHeapStatistics().heap_size_limit),
    },
    AnnouncedStates,
    PresenceReader,
    PresenceEmitter,
    PresenceAnnouncer,
    LastSeenRecorder,
    { provide: OnlineUsersPort, useClass: OnlineUsersAdapter },
    { provide: VisibilityChangesPort, useClass: VisibilityChangesAdapter },
    { provide: PresenceStorePort, useClass: PresenceStoreAdapter },
    {
      provide: PresencePublisherPort,
      useFactory: (rooms: RoomEmitterPort) => new PresencePublisherAdapter(presenceEvent, rooms),
      inject: [RoomEmitterPort],
    },
    { provide: PresenceDataPort, useClass: PresenceDataAdapter },
    PresenceSockets,
    PresenceGateway,
  ],
  exports: [PresenceDataPort],
})
export class PresenceModule {}
