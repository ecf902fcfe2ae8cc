import { displayNameFaults } from '../../../../common/domain/profile.js';
import { atPath, refuseFaults, textFaults } from '../../../../common/domain/texts.js';
import type { User } from './user.model.js';

/** Code points of what a user tells about themselves, and of what somebody looks for. */
export const BIO_MAX = 500;
export const SEARCH_MAX = 100;

/** What everybody may see of a user. */
export type PublicProfile = Omit<User, 'email' | 'updatedAt'>;

/** What is given is changed; a `bio` of null is cleared. */
export interface ProfileChange {
  readonly displayName?: string | undefined;
  readonly bio?: string | null | undefined;
}

/** What a profile must always be, whichever way a change of it comes. */
export function draftProfileChange(change: ProfileChange): ProfileChange {
  const { displayName, bio } = change;
  refuseFaults([
    ...(displayName === undefined ? [] : atPath('displayName', displayNameFaults(displayName))),
    ...(bio === undefined || bio === null ? [] : atPath('bio', textFaults(bio, 0, BIO_MAX))),
  ]);
  return change;
}
