import type { PublicProfile } from '../../domain/models/profile.model.js';

export interface ProfilePage {
  readonly data: PublicProfile[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export abstract class ProfileSearchPort {
  /**
   * Accounts whose display name starts with `term`, without case and accents, ordered by that name; never deleted ones.
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract searchProfiles(term: string, limit: number, cursor?: string): Promise<ProfilePage>;
}
