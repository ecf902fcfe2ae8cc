import type { User } from '../../../user/domain/models/user.model.js';

export interface Credentials {
  readonly user: User;
  readonly passwordHash: string;
}

export interface PasswordClaim {
  readonly email: string;
  readonly password: string;
  /** The client's address; null when unknown. */
  readonly address: string | null;
}

/** The password of a user who is logged in already. */
export interface PasswordConfirmation extends PasswordClaim {
  readonly userId: string;
}

/** The only way to verify a password, so that every guess is counted and recorded in the security log. */
export abstract class PasswordCheckPort {
  /** @throws InvalidCredentialsError, RateLimitedError after too many wrong passwords, UnavailableError */
  abstract requirePassword(claim: PasswordClaim): Promise<Credentials>;
  /**
   * Like `requirePassword`, for this account: it is refused as well when the e-mail address belongs to another account
   * by now.
   */
  abstract confirmPassword(confirmation: PasswordConfirmation): Promise<void>;
  /**
   * Locks verified credentials against changes until the current transaction ends.
   * @throws InvalidCredentialsError when the password has been changed since
   */
  abstract holdPassword(credentials: Credentials): Promise<void>;
}
