import { PasswordCheck } from '../../src/arch/modules/auth/application/password-check.js';
import { SessionOpener } from '../../src/arch/modules/auth/application/session-opener.js';
import { SessionEnding } from '../../src/arch/modules/auth/application/session-ending.js';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import { AccessTokenFake } from './access-token.fake.js';
import { ChatState } from './chat-state.js';
import { CommonPasswordsFake } from './common-passwords.fake.js';
import { CredentialsFake } from './credentials.fake.js';
import { PasswordAttemptsFake } from './password-attempts.fake.js';
import { PasswordHasherFake } from './password-hasher.fake.js';
import { SecurityLogFake } from './security-log.fake.js';
import { SessionRepositoryFake } from './session-repository.fake.js';
import { SessionRevocationsFake } from './session-revocations.fake.js';
import { TransactionRunnerFake } from './transaction-runner.fake.js';
import { UserRepositoryFake } from './user-repository.fake.js';

export const PASSWORD = 'correct horse battery';
export const LAPTOP = { userAgent: 'Laptop/1.0', ip: '203.0.113.7' };
export const PHONE = { userAgent: 'Phone/2.0', ip: '198.51.100.4' };

/** All ports of the auth module, and transactions that roll accounts and sessions back. */
export class FakeAuth {
  readonly state = new ChatState();
  readonly users = new UserRepositoryFake(this.state);
  readonly credentials = new CredentialsFake();
  readonly sessions = new SessionRepositoryFake();
  readonly passwords = new PasswordHasherFake();
  readonly common = new CommonPasswordsFake();
  readonly attempts = new PasswordAttemptsFake();
  readonly security = new SecurityLogFake();
  readonly check = new PasswordCheck(
    this.users,
    this.credentials,
    this.sessions,
    this.passwords,
    this.attempts,
    this.security,
  );
  readonly revocations = new SessionRevocationsFake();
  readonly ending = new SessionEnding(this.revocations, this.security);
  readonly tokens = new AccessTokenFake();
  readonly opener = new SessionOpener(this.sessions, this.tokens);
  readonly transactions = new TransactionRunnerFake({
    remember: () => {
      const undo = [this.state.remember(), this.credentials.remember(), this.sessions.remember()];
      return () => {
        for (const putBack of undo) putBack();
      };
    },
  });

  /** Creates an account with the password `PASSWORD`. */
  async signUp(email = 'ada@example.com'): Promise<User> {
    const passwordHash = await this.passwords.hashPassword(PASSWORD);
    const user = await this.users.create({ email, displayName: 'Ada' });
    await this.credentials.createCredentials(user.id, passwordHash);
    return user;
  }
}
