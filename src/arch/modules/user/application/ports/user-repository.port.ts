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
  /** Stores the address folded (`foldEmail`). @throws EmailAlreadyUsedError when it is taken. */
  abstract create(user: NewUser): Promise<User>;
  /** The account of an e-mail address, which is folded first and then compared by bytes. */
  abstract findCredentials(email: string): Promise<Credentials | null>;
  /** Null when there is no such account, or not any more. */
  abstract findById(id: string): Promise<User | null>;
  /**
   * Holds an account as it is until the transaction under way ends; false when its password is another one by
   * now, or the account is gone.
   */
  abstract holdPassword(id: string, passwordHash: string): Promise<boolean>;
  abstract changePassword(id: string, passwordHash: string): Promise<void>;
  /** Those of `ids` (at most 101) that nobody has, or not any more. */
  abstract findUnknown(ids: readonly string[]): Promise<string[]>;
}
