import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { RoomEmitterPort } from '../../application/ports/room-emitter.port.js';
import { RoomDelivery } from './room-delivery.js';

@Injectable()
export class SocketIoRoomEmitter implements RoomEmitterPort {
  private namespace: Namespace | undefined;
  private delivery: RoomDelivery | undefined;

  /** Called by the adapter when the server exists; before that nobody can be connected. */
  attach(namespace: Namespace): void {
    this.namespace = namespace;
    this.delivery = new RoomDelivery(namespace);
  }

  emit(room: string, event: string, payload: object, except?: string): void {
    this.delivery?.deliver(room, event, payload, except);
  }

  disconnect(room: string, event: string, payload: object): void {
    this.delivery?.deliver(room, event, payload);
    this.namespace?.local.in(room).disconnectSockets(true);
  }
}
