import type { BusPort } from '../../../application/ports/bus.port.js';
import type { RoomPosition } from '../../../application/room-gate.js';
import type { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';
import { encodeRoomEvent, parseRoomEvent, type RoomEvent } from './room-event.message.js';

/** Delivery to this node's sockets. */
interface Rooms {
  deliverEvent(
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void;
}

/**
 * The same namespace on other nodes: each node delivers to its own sockets, at once and at most once, in the order of
 * the publishing node. An event that a node misses can be read from the database. An event that was published in
 * another epoch is dropped: its numbers belong to another history.
 */
export class OtherNodes {
  /** @param namespace the name of the nodes' common topic on the bus */
  constructor(
    private readonly namespace: string,
    private readonly rooms: Rooms,
    private readonly bus: BusPort,
    private readonly epoch: DatabaseEpochPort,
  ) {
    bus.subscribeToTopic(namespace, (message) => this.receive(parseRoomEvent(message)));
  }

  /** Publishes an event, which every other node delivers to its own sockets. Never waits. */
  publish(
    room: string,
    event: string,
    payload: object,
    except: string | undefined,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void {
    const { current: epoch } = this.epoch;
    const message = encodeRoomEvent({ room, event, payload, except, epoch, instead, after });
    this.bus.publishToTopic(this.namespace, message);
  }

  private receive(received: RoomEvent | null): void {
    if (!received) return;
    const { room, event, payload, except, epoch, instead, after } = received;
    if (epoch !== undefined && epoch !== this.epoch.current) this.epoch.suspectOtherEpoch();
    else this.rooms.deliverEvent(room, event, payload, except, instead, after);
  }
}
