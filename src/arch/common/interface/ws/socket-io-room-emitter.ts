import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { RoomEmitterPort } from '../../application/ports/room-emitter.port.js';
import { LocalRooms } from './local-rooms.js';
import { OtherNodes } from './other-nodes.js';

/** Each node writes to its own sockets, and tells the others what to write to theirs. */
@Injectable()
export class SocketIoRoomEmitter implements RoomEmitterPort {
  private namespace: Namespace | undefined;
  private rooms: LocalRooms | undefined;
  private otherNodes: OtherNodes | undefined;

  /**
   * Called by the adapter when the server exists; before that nobody can be connected.
   * @param joined whether the namespace's adapter reaches other nodes
   */
  attach(namespace: Namespace, joined: boolean): void {
    this.namespace = namespace;
    this.rooms = new LocalRooms(namespace);
    this.otherNodes = joined ? new OtherNodes(namespace, this.rooms) : undefined;
  }

  emit(room: string, event: string, payload: object, except?: string): void {
    this.rooms?.deliver(room, event, payload, except);
    this.otherNodes?.tell(room, event, payload, except);
  }

  disconnect(room: string, event: string, payload: object): void {
    const local = this.namespace?.local.in(room);
    local?.emit(event, payload);
    local?.disconnectSockets(true);
  }
}
