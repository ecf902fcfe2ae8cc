export interface PasswordAttempt {
  /** The address of an account, or of none: both count alike. */
  readonly email: string;
  /** The client's address; null when unknown. */
  readonly address: string | null;
  /** `confirmation`: the password of a user who is logged in already. */
  readonly purpose: 'login' | 'confirmation';
  /** Whether the account has an active session at that address; called only when the result matters. */
  readonly isAtHome: () => Promise<boolean>;
}

export abstract class PasswordAttemptsPort {
  /**
   * Counts an attempt, then calls `verify`, and uncounts the attempt if the password was right or `verify` failed. For
   * an account and an address (of IPv6 a /64) 10 wrong ones a day are free, then each makes the next wait, 10 s to 60
   * s; for an account at all addresses 100 an hour are free, then 1 s to 60 s, except for an address with an active
   * session; wrong logins and signups of an address are within the throttler `auth`.
   * @returns the result of `verify`
   * @throws RateLimitedError when the attempt has to wait, before `verify` is called; whatever `verify` throws
   */
  abstract attemptPassword(attempt: PasswordAttempt, verify: () => Promise<boolean>): Promise<boolean>;
}
