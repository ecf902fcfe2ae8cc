import type { BusPort } from '../../../application/ports/bus.port.js';
import type { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import { encodeRoomEvent, parseRoomEvent, type RoomEvent } from './room-event.message.js';

/** This node's sockets. */
interface Rooms {
  deliverEvent(room: string, event: string, payload: object, except?: string): void;
}

/**
 * The same namespace on other nodes: each delivers to its own sockets, at once and at most once, in the order of the
 * node that publishes. What a node has not received is in the database. What was published in another epoch than this
 * node's is dropped: its numbers count in another history.
 */
export class OtherNodes {
  /** @param namespace whose topic on the bus the nodes share */
  constructor(
    private readonly namespace: string,
    private readonly rooms: Rooms,
    private readonly bus: BusPort,
    private readonly epoch: DatabaseEpochPort,
  ) {
    bus.subscribeToTopic(namespace, (message) => this.receive(parseRoomEvent(message)));
  }

  /** Every other node delivers it to its own sockets. Never waits. */
  publish(room: string, event: string, payload: object, except: string | undefined): void {
    const { current: epoch } = this.epoch;
    this.bus.publishToTopic(this.namespace, encodeRoomEvent({ room, event, payload, except, epoch }));
  }

  private receive(received: RoomEvent | null): void {
    if (!received) return;
    const { room, event, payload, except, epoch } = received;
    if (epoch !== undefined && epoch !== this.epoch.current) this.epoch.suspectOtherEpoch();
    else this.rooms.deliverEvent(room, event, payload, except);
  }
}
