import type { Namespace } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';
import type { RoomGate } from '../../../application/room-gate.js';
import type { RoomDelivery } from './room-delivery.js';
import { setGateOf } from './room-gates.js';

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
   */
  deliverEvent(
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
  ): void {
    if (!this.namespace.adapter.rooms.has(room)) return;
    this.gate.admitEvent(room, event, payload, (exceptions) =>
      this.delivery.deliverEvent(room, event, payload, { except, instead, ...exceptions }),
    );
  }
}
