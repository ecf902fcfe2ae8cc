/** The owner of a hash: addresses take turns, so that none gets more hashes by asking more often. */
export interface HashOwner {
  readonly email: string;
  /** Null when the address is unknown. */
  readonly address: string | null;
}

/** Both throw RateLimitedError when too much work of the owner waits, UnavailableError when too much waits in total. */
export abstract class PasswordHasherPort {
  abstract hashPassword(password: string, owner: HashOwner): Promise<string>;
  /** @param hash null when the account does not exist: the same work is done, and the result is false */
  abstract verifyPassword(hash: string | null, password: string, owner: HashOwner): Promise<boolean>;
}
