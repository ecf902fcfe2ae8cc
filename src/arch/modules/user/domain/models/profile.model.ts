import { displayNameFaults } from '../../../../common/domain/profile.js';
import { atPath, refuseFaults, textFaults } from '../../../../common/domain/texts.js';
import type { Circle, User } from './user.model.js';

/** Maximum code points of a user's bio, and of a search term. */
export const BIO_MAX = 500;
export const SEARCH_MAX = 100;

/** The part of a user that every user may see. */
export type PublicProfile = Omit<User, 'email' | 'addableBy' | 'presence' | 'readReceipts' | 'updatedAt'>;

/** Given fields are changed; a `bio` of null is cleared. */
export interface ProfileChange {
  readonly displayName?: string | undefined;
  readonly bio?: string | null | undefined;
  readonly addableBy?: Circle | undefined;
  readonly presence?: Circle | undefined;
  readonly readReceipts?: boolean | undefined;
}

/** Checks the rules for a change of a profile, whatever its origin. */
export function draftProfileChange(change: ProfileChange): ProfileChange {
  const { displayName, bio } = change;
  refuseFaults([
    ...(displayName === undefined ? [] : atPath('displayName', displayNameFaults(displayName))),
    ...(bio === undefined || bio === null ? [] : atPath('bio', textFaults(bio, 0, BIO_MAX))),
  ]);
  return change;
}
