/** In whose name a password is hashed: addresses take turns, and nobody gets more of them by asking more often. */
export interface HashOwner {
  readonly email: string;
  /** Null when nobody knows from where it comes. */
  readonly address: string | null;
}

/** Both throw RateLimitedError when too many of the owner's own wait, UnavailableError when too many of all do. */
export abstract class PasswordHasherPort {
  abstract hashPassword(password: string, owner: HashOwner): Promise<string>;
  /** @param hash null when there is no such account: as much work is done, and the answer is false. */
  abstract verifyPassword(hash: string | null, password: string, owner: HashOwner): Promise<boolean>;
}
