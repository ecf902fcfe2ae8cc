import type { PresenceAudience } from '../models/presence.model.js';

/** One of two users who share a conversation and have not blocked each other. */
interface Side {
  readonly audience: PresenceAudience;
  /** Whether this user has written to the other one in a direct conversation. */
  readonly hasWritten: boolean;
}

/** Presence is mutual: who hides from somebody does not see that person either. */
export function seeEachOther(one: Side, other: Side): boolean {
  return isShown(one) && isShown(other);
}

function isShown({ audience, hasWritten }: Side): boolean {
  return audience === 'everyone' || (audience === 'contacts' && hasWritten);
}
