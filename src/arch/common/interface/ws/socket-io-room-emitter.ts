import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import { DatabaseEpochPort } from '../../application/ports/database-epoch.port.js';
import type { RoomEmitterPort } from '../../application/ports/room-emitter.port.js';
import { OtherNodes } from './other-nodes.js';
import type { OutsideConnections } from './outside-connections.js';
import { RoomDelivery } from './room-delivery.js';

/** Each node writes to its own sockets, and tells the others what to write to theirs. */
@Injectable()
export class SocketIoRoomEmitter implements RoomEmitterPort {
  private delivery: RoomDelivery | undefined;
  private outside: OutsideConnections | undefined;
  private otherNodes: OtherNodes | undefined;

  constructor(private readonly epoch: DatabaseEpochPort) {}

  /**
   * Called by the adapter when the server exists; before that nobody can be connected.
   * @param joined whether the namespace's adapter reaches other nodes
   * @param outside connections that have left the namespace
   */
  attach(namespace: Namespace, joined: boolean, outside: OutsideConnections): void {
    this.outside = outside;
    this.delivery = new RoomDelivery(namespace);
    this.otherNodes = joined ? new OtherNodes(namespace, this.delivery, this.epoch) : undefined;
  }

  emit(room: string, event: string, payload: object, except?: string): void {
    this.delivery?.deliver(room, event, payload, except);
    this.otherNodes?.tell(room, event, payload, except);
  }

  disconnect(room: string, event: string, payload: object): void {
    this.delivery?.disconnect(room, event, payload);
    this.outside?.end(room);
  }
}
