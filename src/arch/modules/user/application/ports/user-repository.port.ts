import type { User } from '../../domain/models/user.model.js';

export interface NewUser {
  readonly email: string;
  readonly displayName: string;
}

export abstract class UserRepositoryPort {
  /**
   * Stores the address folded (`foldEmail`).
   * @throws EmailAlreadyUsedError when it is taken
   */
  abstract create(user: NewUser): Promise<User>;
  /** The account of an e-mail address, which is folded first and then compared by bytes. */
  abstract findByEmail(email: string): Promise<User | null>;
  /** Null when the account does not exist, or has been deleted. */
  abstract findById(id: string): Promise<User | null>;
  /** Returns which of `ids` (at most 101) belong to no account, or a deleted one. */
  abstract findUnknown(ids: readonly string[]): Promise<string[]>;
}
