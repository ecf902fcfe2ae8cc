import type { Credentials } from '../../../user/application/ports/user-repository.port.js';

export interface PasswordClaim {
  readonly email: string;
  readonly password: string;
  /** From where it comes; null when nobody knows. */
  readonly address: string | null;
  readonly purpose: 'login' | 'confirmation';
}

/** The one way to look at a password, so that every guess counts, and the security log knows of it. */
export abstract class PasswordCheckPort {
  /** @throws InvalidCredentialsError, RateLimitedError when too many were wrong, UnavailableError */
  abstract requirePassword(claim: PasswordClaim): Promise<Credentials>;
  /**
   * Keeps a password that was right as it is until the transaction under way ends.
   * @throws InvalidCredentialsError when it has been changed since
   */
  abstract holdPassword(credentials: Credentials): Promise<void>;
}
