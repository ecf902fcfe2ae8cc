export interface PasswordAttempt {
  /** Of an account, or of none: both count alike. */
  readonly email: string;
  /** From where it comes; null when nobody knows. */
  readonly address: string | null;
  /** `confirmation` is of somebody who is logged in already. */
  readonly purpose: 'login' | 'confirmation';
  /** Whether a session of the account lives at that address; asked only when it would make a difference. */
  readonly isAtHome: () => Promise<boolean>;
}

export abstract class PasswordAttemptsPort {
  /**
   * Counts an attempt, then lets `verify` look at the password, and gives the attempt back when that was right or
   * came to nothing. Of an account and an address (of IPv6 a /64) 10 wrong ones a day are free, then each makes the
   * next wait, 10 s to 60 s; of an account at all addresses 100 an hour are free, then 1 s to 60 s, except for an
   * address at home; wrong logins and signups of an address are within the throttler `auth`.
   * @returns what `verify` says
   * @throws RateLimitedError when it has to wait, before `verify` is called; whatever `verify` throws
   */
  abstract attemptPassword(attempt: PasswordAttempt, verify: () => Promise<boolean>): Promise<boolean>;
}
