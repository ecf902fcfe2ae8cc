/** Password hashes, found by the id of their user. */
export abstract class CredentialsPort {
  /** Stores the password of a user who has none yet. */
  abstract createCredentials(userId: string, passwordHash: string): Promise<void>;
  /** Null when the account does not exist, or has been deleted. */
  abstract findPasswordHash(userId: string): Promise<string | null>;
  /**
   * Locks a password against changes until the current transaction ends; false when it has been changed meanwhile, or
   * the account deleted.
   */
  abstract holdPassword(userId: string, passwordHash: string): Promise<boolean>;
  /** Changes nothing where the account does not exist. */
  abstract changePassword(userId: string, passwordHash: string): Promise<void>;
  /** Removes the password, so that none matches any more. Idempotent. */
  abstract eraseCredentials(userId: string): Promise<void>;
}
