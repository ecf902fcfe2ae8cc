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
  /** @throws EmailAlreadyUsedError when the address is taken, in whatever case it is written. */
  abstract create(user: NewUser): Promise<User>;
  /** The account of an e-mail address, in whatever case it is written. */
  abstract findCredentials(email: string): Promise<Credentials | null>;
  /** Those of `ids` (at most 101) that nobody has. */
  abstract findUnknown(ids: readonly string[]): Promise<string[]>;
}
