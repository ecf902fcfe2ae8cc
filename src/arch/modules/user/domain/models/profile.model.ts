import type { User } from './user.model.js';

/** Code points of what a user tells about themselves, and of what somebody looks for. */
export const BIO_MAX = 500;
export const SEARCH_MAX = 100;
/** How an account that is gone is shown. */
export const DELETED_DISPLAY_NAME = 'Deleted user';

/** What everybody may see of a user. */
export type PublicProfile = Omit<User, 'email' | 'updatedAt'>;

/** What is given is changed; a `bio` of null is cleared. */
export interface ProfileChange {
  readonly displayName?: string | undefined;
  readonly bio?: string | null | undefined;
}
