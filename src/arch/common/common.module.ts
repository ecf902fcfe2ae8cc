import { Global, Module } from '@nestjs/common';
import { OpenWork } from './application/open-work.js';
import { RoomEmitterPort } from './application/ports/room-emitter.port.js';
import { DrainService } from './interface/drain.service.js';
import { HealthController } from './interface/http/health.controller.js';
import { SocketIoRoomEmitter } from './interface/ws/socket-io-room-emitter.js';

@Global()
@Module({
  controllers: [HealthController],
  providers: [
    OpenWork,
    DrainService,
    SocketIoRoomEmitter,
    { provide: RoomEmitterPort, useExisting: SocketIoRoomEmitter },
  ],
  exports: [OpenWork, SocketIoRoomEmitter, RoomEmitterPort],
})
export class CommonModule {}
