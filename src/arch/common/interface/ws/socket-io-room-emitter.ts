import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { RoomEmitterPort } from '../../application/ports/room-emitter.port.js';

/** Socket.IO's broadcast encodes a packet once, whatever the number of sockets in the room. */
@Injectable()
export class SocketIoRoomEmitter implements RoomEmitterPort {
  private namespace: Namespace | undefined;

  /** Called by the adapter when the server exists; before that nobody can be connected. */
  attach(namespace: Namespace): void {
    this.namespace = namespace;
  }

  emit(room: string, event: string, payload: object, except: string | string[] = []): void {
    this.namespace?.to(room).except(except).emit(event, payload);
  }

  disconnect(room: string, event: string, payload: object): void {
    const local = this.namespace?.local.in(room);
    local?.emit(event, payload);
    local?.disconnectSockets(true);
  }
}
