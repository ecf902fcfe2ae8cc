import type { ProfileChange } from '../../domain/models/profile.model.js';
import type { User } from '../../domain/models/user.model.js';

export interface AvatarChange {
  readonly user: User;
  /** The `avatarUrl` of before. */
  readonly previous: string | null;
}

export abstract class ProfileRepositoryPort {
  /** Null when there is no such account, or not any more. */
  abstract updateProfile(id: string, change: ProfileChange): Promise<User | null>;
  /** Null when there is no such account, or not any more. Of two at once, one sees the other's as `previous`. */
  abstract changeAvatar(id: string, avatarUrl: string | null): Promise<AvatarChange | null>;
  /**
   * Makes the account nobody's, in one step: "Deleted user", no bio, no avatar, an address that leaves the
   * old one free, a password that nothing matches. No port finds it any more.
   * @returns the `avatarUrl` of before
   */
  abstract anonymiseAccount(id: string): Promise<string | null>;
}
