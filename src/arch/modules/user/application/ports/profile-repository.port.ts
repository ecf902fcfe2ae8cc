import type { ProfileChange } from '../../domain/models/profile.model.js';
import type { User } from '../../domain/models/user.model.js';

export interface AvatarChange {
  readonly user: User;
  /** The previous `avatarUrl`. */
  readonly previous: string | null;
}

export abstract class ProfileRepositoryPort {
  /** Null when the account does not exist, or has been deleted. */
  abstract updateProfile(id: string, change: ProfileChange): Promise<User | null>;
  /**
   * Null when the account does not exist, or has been deleted. Of two changes at once, one has the other's avatar as
   * `previous`.
   */
  abstract changeAvatar(id: string, avatarUrl: string | null): Promise<AvatarChange | null>;
  /**
   * Anonymises the account, atomically: "Deleted user", no bio, no avatar, no settings, an address that frees the old one, a
   * password hash that matches nothing. No port returns it any more.
   * @returns the previous `avatarUrl`
   */
  abstract anonymiseAccount(id: string): Promise<string | null>;
}
