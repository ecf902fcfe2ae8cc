import { InviteNotFoundError } from '../errors/invite-not-found.error.js';
import { TooManyInvitesError } from '../errors/too-many-invites.error.js';
import { type FoundInvite, OPEN_INVITES_MAX } from '../models/invite.model.js';

/**
 * Requires an invite that leads this user into its conversation. One that is spent does so only for members: who has
 * joined with its last use may repeat the request.
 */
export function requireInvite(invite: FoundInvite | null, isMember: boolean): FoundInvite {
  if (invite === null || (invite.isSpent && !isMember)) throw new InviteNotFoundError();
  return invite;
}

/** Requires room for one more open invite. */
export function requireInvitePlace(openInvites: number): void {
  if (openInvites >= OPEN_INVITES_MAX) throw new TooManyInvitesError();
}
