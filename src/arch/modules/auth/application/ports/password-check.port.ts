import type { Credentials } from '../../../user/application/ports/user-repository.port.js';

export interface PasswordClaim {
  readonly email: string;
  readonly password: string;
  /** The client's address; null when unknown. */
  readonly address: string | null;
}

/** Of somebody who is logged in already. */
export interface PasswordConfirmation extends PasswordClaim {
  readonly userId: string;
}

/** The only way to verify a password, so that every guess is counted and recorded in the security log. */
export abstract class PasswordCheckPort {
  /** @throws InvalidCredentialsError, RateLimitedError after too many wrong passwords, UnavailableError */
  abstract requirePassword(claim: PasswordClaim): Promise<Credentials>;
  /** Likewise, of that account: it is refused also when the e-mail address has become another account's. */
  abstract confirmPassword(confirmation: PasswordConfirmation): Promise<void>;
  /**
   * Locks verified credentials against changes until the current transaction ends.
   * @throws InvalidCredentialsError when the password has been changed since
   */
  abstract holdPassword(credentials: Credentials): Promise<void>;
}
