import { UserNotReachableError } from '../errors/user-not-reachable.error.js';
import type { Reach } from '../models/reach.model.js';

/** A block says the same as the setting, so that nobody learns of it. */
function isAddable({ addableBy, hasWritten, hasBlocked }: Reach): boolean {
  if (hasBlocked) return false;
  return addableBy === 'everyone' || (addableBy === 'contacts' && hasWritten);
}

/** Requires a user who lets the requester add it to a group. */
export function requireAddable(reach: Reach): void {
  if (!isAddable(reach)) throw new UserNotReachableError();
}

/**
 * Requires that all users let the requester add them to a new group.
 * @param reaches those of the existing accounts
 * @param memberIds as requested: the error names the place of each who does not
 */
export function requireAllAddable(reaches: ReadonlyMap<string, Reach>, memberIds: readonly string[]): void {
  const unreachable = [...reaches].filter(([, reach]) => !isAddable(reach)).map(([id]) => id);
  if (unreachable.length === 0) return;
  const places = unreachable.map((id) => memberIds.indexOf(id)).toSorted((one, other) => one - other);
  throw new UserNotReachableError(
    places.map((place) => ({
      path: `memberIds.${place}`,
      message: `You cannot reach the user ${memberIds[place]}.`,
    })),
  );
}

/**
 * Requires that neither has blocked the other, and for a conversation that is not there yet that the other one lets the
 * requester open it.
 */
export function requireOpenable(reach: Reach, isThere: boolean): void {
  if (reach.hasBlocked || reach.isBlocked || !(isThere || isAddable(reach)))
    throw new UserNotReachableError();
}
