import type { PresencePublisherPort } from '../../src/arch/modules/presence/application/ports/presence-publisher.port.js';
import type { Presence } from '../../src/arch/modules/presence/domain/models/presence.model.js';

export class PresencePublisherFake implements PresencePublisherPort {
  /** What each socket was sent, in order. */
  readonly sent: { readonly socketId: string; readonly presence: Presence }[] = [];

  publishPresence(socketIds: readonly string[], presence: Presence): void {
    for (const socketId of socketIds) this.sent.push({ socketId, presence });
  }
}
