import type { PresenceAudience } from '../../domain/models/presence.model.js';

export interface StoredPresence {
  readonly audience: PresenceAudience;
  /** To the minute; null when the user was never online, or only while hidden. */
  readonly lastSeenAt: Date | null;
}

/** A user who was online some time ago. */
export interface SeenUser {
  readonly userId: string;
  /** Milliseconds since then. */
  readonly age: number;
}

/** The users of a single write, at most. */
export const SEEN_MAX = 1_000;

export abstract class PresenceStorePort {
  /** What is stored of these users (at most 201), by id; unknown and deleted accounts are left out. */
  abstract findStored(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredPresence>>;
  /**
   * Stores when users were last seen, to the minute; an earlier time changes nothing, nor does a second one of the same
   * minute. Nothing is stored of users who show their presence to nobody, nor of deleted accounts.
   * @param seen at most `SEEN_MAX`, each user once
   */
  abstract recordSeen(seen: readonly SeenUser[]): Promise<void>;
}
