import type { Presence } from '../../domain/models/presence.model.js';

export abstract class PresencePublisherPort {
  /** Emits one presence to single sockets of this node. Never throws, never waits. */
  abstract publishPresence(socketIds: readonly string[], presence: Presence): void;
}
