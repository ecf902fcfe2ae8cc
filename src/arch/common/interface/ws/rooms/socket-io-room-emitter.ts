import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import { BusPort } from '../../../application/ports/bus.port.js';
import { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import type { PayloadInstead, RoomEmitterPort } from '../../../application/ports/room-emitter.port.js';
import { OPEN_GATE, type RoomGate, type RoomPosition } from '../../../application/room-gate.js';
import { OtherNodes } from './other-nodes.js';
import type { OutsideConnections } from '../session/outside-connections.js';
import { GuardedDelivery } from './guarded-delivery.js';
import { RoomDelivery } from './room-delivery.js';

/** Delivery to the sockets of one namespace: on this node, and on other nodes if a bus reaches any. */
interface Ways {
  readonly delivery: RoomDelivery;
  readonly guarded: GuardedDelivery;
  readonly otherNodes: OtherNodes | undefined;
}

/** Each node writes to its own sockets, and publishes events for the sockets of the others. */
@Injectable()
export class SocketIoRoomEmitter implements RoomEmitterPort {
  private readonly namespaces = new Map<string, Ways>();
  private readonly gates = new Map<string, RoomGate>();
  private outside: OutsideConnections | undefined;

  constructor(
    private readonly bus: BusPort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  /**
   * Called by the adapter for each served namespace, before a client can connect to it.
   * @param outside connections that have left their namespaces
   */
  attach(namespace: Namespace, outside: OutsideConnections): void {
    this.outside = outside;
    const delivery = new RoomDelivery(namespace);
    const guarded = new GuardedDelivery(namespace, delivery, this.gates.get(namespace.name) ?? OPEN_GATE);
    const otherNodes = this.bus.reachesNodes
      ? new OtherNodes(namespace.name, guarded, this.bus, this.epoch)
      : undefined;
    this.namespaces.set(namespace.name, { delivery, guarded, otherNodes });
  }

  emitToRoom(
    namespace: string,
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void {
    const ways = this.namespaces.get(namespace);
    ways?.guarded.deliverEvent(room, event, payload, except, instead, after);
    ways?.otherNodes?.publish(room, event, payload, except, instead, after);
  }

  emitOnce(
    namespace: string,
    rooms: readonly string[],
    event: string,
    payload: object,
    exceptUsers: ReadonlySet<string>,
  ): void {
    this.namespaces.get(namespace)?.guarded.deliverOnce(rooms, event, payload, exceptUsers);
  }

  addToRoom(namespace: string, room: string, joiners: string): void {
    this.namespaces.get(namespace)?.delivery.addToRoom(room, joiners);
  }

  removeFromRoom(namespace: string, room: string, leavers: string, staying?: ReadonlySet<string>): void {
    this.namespaces.get(namespace)?.delivery.removeFromRoom(room, leavers, staying);
  }

  usersIn(namespace: string, room: string): readonly string[] {
    return this.namespaces.get(namespace)?.delivery.usersIn(room) ?? [];
  }

  socketsIn(namespace: string, room: string, other: string): readonly string[] {
    return this.namespaces.get(namespace)?.delivery.socketsIn(room, other) ?? [];
  }

  guardRooms(namespace: string, gate: RoomGate): void {
    this.gates.set(namespace, gate);
  }

  emitToSockets(namespace: string, socketIds: readonly string[], event: string, payload: object): void {
    this.namespaces.get(namespace)?.delivery.deliverToSockets(socketIds, event, payload);
  }

  disconnectRoom(room: string, event: string, payload: object): void {
    for (const { delivery } of this.namespaces.values()) delivery.disconnectRoom(room, event, payload);
    this.outside?.endConnectionsOf(room);
  }
}
