import { Injectable } from '@nestjs/common';
import { SecurityLogPort } from '../../../common/application/ports/security-log.port.js';
import { addressNetworks } from '../../../common/domain/address-networks.js';
import { RateLimitedError } from '../../../common/domain/errors/rate-limited.error.js';
import { UserRepositoryPort } from '../../user/application/ports/user-repository.port.js';
import { InvalidCredentialsError } from '../domain/errors/invalid-credentials.error.js';
import { MAX_SESSIONS } from '../domain/models/session.model.js';
import { type PasswordAttempt, PasswordAttemptsPort } from './ports/password-attempts.port.js';
import { CredentialsPort } from './ports/credentials.port.js';
import type {
  Credentials,
  PasswordCheckPort,
  PasswordClaim,
  PasswordConfirmation,
} from './ports/password-check.port.js';
import { PasswordHasherPort } from './ports/password-hasher.port.js';
import { SessionRepositoryPort } from './ports/session-repository.port.js';

/** A user id without password and sessions: looking them up takes as long where there is no account. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

@Injectable()
export class PasswordCheck implements PasswordCheckPort {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly credentials: CredentialsPort,
    private readonly sessions: SessionRepositoryPort,
    private readonly passwords: PasswordHasherPort,
    private readonly attempts: PasswordAttemptsPort,
    private readonly security: SecurityLogPort,
  ) {}

  requirePassword(claim: PasswordClaim): Promise<Credentials> {
    return this.checkPassword(claim, 'login');
  }

  async confirmPassword({ userId, ...claim }: PasswordConfirmation): Promise<void> {
    const { user } = await this.checkPassword(claim, 'confirmation');
    if (user.id !== userId) throw new InvalidCredentialsError();
  }

  private async checkPassword(
    claim: PasswordClaim,
    purpose: PasswordAttempt['purpose'],
  ): Promise<Credentials> {
    const { email } = claim;
    try {
      const found = await this.findMatching(claim, purpose);
      return found ?? this.throwRefusal(email);
    } catch (error) {
      if (error instanceof RateLimitedError)
        this.security.recordEvent({ event: 'auth.login.throttled', email });
      throw error;
    }
  }

  async holdPassword({ user, passwordHash }: Credentials): Promise<void> {
    if (!(await this.credentials.holdPassword(user.id, passwordHash))) this.throwRefusal(user.email);
  }

  private throwRefusal(email: string): never {
    this.security.recordEvent({ event: 'auth.login.failed', email });
    throw new InvalidCredentialsError();
  }

  /** Null when the password is wrong, or the account does not exist. */
  private async findMatching(
    { email, password, address }: PasswordClaim,
    purpose: PasswordAttempt['purpose'],
  ): Promise<Credentials | null> {
    let found: Credentials | null = null;
    const isAtHome = () => this.isAtHome(email, address);
    const matches = await this.attempts.attemptPassword({ email, address, purpose, isAtHome }, async () => {
      const user = await this.users.findByEmail(email);
      const passwordHash = await this.credentials.findPasswordHash(user?.id ?? NOBODY);
      found = user && passwordHash !== null ? { user, passwordHash } : null;
      return this.passwords.verifyPassword(passwordHash, password, { email, address });
    });
    return matches ? found : null;
  }

  private async isAtHome(email: string, address: string | null): Promise<boolean> {
    if (address === null) return false;
    const user = await this.users.findByEmail(email);
    const { data } = await this.sessions.findPage(user?.id ?? NOBODY, MAX_SESSIONS);
    const [network] = addressNetworks(address);
    return data.some(({ ip }) => ip !== null && addressNetworks(ip)[0] === network);
  }
}
