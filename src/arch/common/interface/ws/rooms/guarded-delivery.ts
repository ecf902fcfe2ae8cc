import type { Namespace } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';
import type { DeliverEvent, RoomGate, RoomPosition } from '../../../application/room-gate.js';
import { inTurns } from './in-turns.js';
import type { RoomDelivery } from './room-delivery.js';
import { setGateOf } from './room-gates.js';

/** Rooms that an event is delivered to in one turn of the event loop: up to 32 sockets of each are written to at once. */
const ROOMS_PER_TURN = 8;

/** Delivers the events of a namespace when its gate admits them. */
export class GuardedDelivery {
  constructor(
    private readonly namespace: Namespace,
    private readonly delivery: RoomDelivery,
    private readonly gate: RoomGate,
  ) {
    setGateOf(namespace, gate);
    namespace.adapter.on(
      'leave-room',
      guardListener((room: string, socketId: string) => gate.forgetSocket(room, socketId)),
    );
    namespace.adapter.on(
      'delete-room',
      guardListener((room: string) => gate.forgetRoom(room)),
    );
  }

  /**
   * @param except a room whose sockets do not get it
   * @param instead another payload, for those of the sockets that are in another room, too
   * @param after what has come before it in the history of the room that this one is within
   */
  deliverEvent(
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void {
    if (!this.namespace.adapter.rooms.has(room)) return;
    const deliver: DeliverEvent = (exceptions) =>
      this.delivery.deliverEvent(room, event, payload, { except, instead, ...exceptions });
    this.gate.admitEvent(room, event, payload, deliver, after);
  }

  /**
   * Sends an event to each socket once that is in one of the rooms when its turn has come.
   * @param exceptUsers users whose sockets do not get it
   */
  deliverOnce(
    rooms: readonly string[],
    event: string,
    payload: object,
    exceptUsers: ReadonlySet<string>,
  ): void {
    const { adapter } = this.namespace;
    const visited = new Set<string>();
    const isMeant = (id: string): boolean => {
      if (visited.has(id)) return false;
      visited.add(id);
      const userId = this.delivery.userOf(id);
      return userId !== undefined && !exceptUsers.has(userId);
    };
    const deliverTo = (room: string): void => {
      const deliver: DeliverEvent = (exceptions) =>
        this.delivery.deliverEvent(room, event, payload, { ...exceptions, isMeant });
      this.gate.admitEvent(room, event, payload, deliver);
    };
    inTurns(
      rooms.filter((room) => adapter.rooms.has(room)),
      ROOMS_PER_TURN,
      deliverTo,
    );
  }
}
