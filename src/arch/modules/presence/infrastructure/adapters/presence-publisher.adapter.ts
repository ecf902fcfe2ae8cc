import type { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import type { PresencePublisherPort } from '../../application/ports/presence-publisher.port.js';
import type { Presence } from '../../domain/models/presence.model.js';

/** How a presence reaches clients. */
interface PresenceDelivery {
  /** The event's wire name. */
  readonly name: string;
  toPayload(presence: Presence): object;
}

export class PresencePublisherAdapter implements PresencePublisherPort {
  constructor(
    private readonly delivery: PresenceDelivery,
    private readonly rooms: RoomEmitterPort,
  ) {}

  publishPresence(socketIds: readonly string[], presence: Presence): void {
    const { name } = this.delivery;
    this.rooms.emitToSockets(CHAT_NAMESPACE, socketIds, name, this.delivery.toPayload(presence));
  }
}
