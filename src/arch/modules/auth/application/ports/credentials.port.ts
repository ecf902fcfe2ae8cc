/** Password hashes, found by the id of their user. */
export abstract class CredentialsPort {
  /** Of a user who has none yet. */
  abstract createCredentials(userId: string, passwordHash: string): Promise<void>;
  /** Null when there is no such account, or it has ended. */
  abstract findPasswordHash(userId: string): Promise<string | null>;
  /**
   * Locks a password against changes until the current transaction ends; false when it has been changed meanwhile, or
   * the account has ended.
   */
  abstract holdPassword(userId: string, passwordHash: string): Promise<boolean>;
  /** Changes nothing where there is no account. */
  abstract changePassword(userId: string, passwordHash: string): Promise<void>;
  /** After it no password fits. Repeating it is harmless. */
  abstract eraseCredentials(userId: string): Promise<void>;
}
