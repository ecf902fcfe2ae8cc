import type { PublicProfile } from '../../domain/models/profile.model.js';

export interface ProfilePage {
  readonly data: PublicProfile[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

export abstract class ProfileSearchPort {
  /**
   * Accounts whose display name starts with `term`, case and accents ignored, by that name; never those
   * that are gone.
   * @param cursor a `nextCursor` of before @throws CursorInvalidError when it is not
   */
  abstract searchProfiles(term: string, limit: number, cursor?: string): Promise<ProfilePage>;
}
