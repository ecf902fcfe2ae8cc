import type { User } from '../../domain/models/user.model.js';

export interface NewUser {
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
}

export interface Credentials {
  readonly user: User;
  readonly passwordHash: string;
}

export abstract class UserRepositoryPort {
  /**
   * Stores the address folded (`foldEmail`).
   * @throws EmailAlreadyUsedError when it is taken
   */
  abstract create(user: NewUser): Promise<User>;
  /** The account of an e-mail address, which is folded first and then compared by bytes. */
  abstract findCredentials(email: string): Promise<Credentials | null>;
  /** Null when the account does not exist, or has been deleted. */
  abstract findById(id: string): Promise<User | null>;
  /**
   * Locks an account against changes until the current transaction ends; false when its password has been changed
   * meanwhile, or the account deleted.
   */
  abstract holdPassword(id: string, passwordHash: string): Promise<boolean>;
  abstract changePassword(id: string, passwordHash: string): Promise<void>;
  /** Returns which of `ids` (at most 101) belong to no account, or a deleted one. */
  abstract findUnknown(ids: readonly string[]): Promise<string[]>;
}
