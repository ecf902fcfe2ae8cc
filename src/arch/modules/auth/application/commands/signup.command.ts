import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { requireAccountTexts } from '../../domain/models/account.model.js';
import type { Device } from '../../domain/models/session.model.js';
import { requireGoodPassword } from '../../domain/services/new-password.policy.js';
import { CommonPasswordsPort } from '../ports/common-passwords.port.js';
import { CredentialsPort } from '../ports/credentials.port.js';
import { PasswordHasherPort } from '../ports/password-hasher.port.js';
import { SessionOpener } from '../session-opener.js';
import type { AuthenticatedSession } from './authenticated-session.js';

export class SignupCommand extends Command<AuthenticatedSession> {
  constructor(
    readonly email: string,
    readonly password: string,
    readonly displayName: string,
    readonly device: Device,
  ) {
    super();
  }
}

@CommandHandler(SignupCommand)
export class SignupHandler implements ICommandHandler<SignupCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly credentials: CredentialsPort,
    private readonly passwords: PasswordHasherPort,
    private readonly common: CommonPasswordsPort,
    private readonly sessions: SessionOpener,
    private readonly transactions: TransactionRunnerPort,
    private readonly security: SecurityLogPort,
  ) {}

  async execute({ email, password, displayName, device }: SignupCommand): Promise<AuthenticatedSession> {
    requireAccountTexts(email, displayName);
    requireGoodPassword(password, 'password', { email, displayName }, this.common);
    const passwordHash = await this.passwords.hashPassword(password, { email, address: device.ip });
    const loggedIn = await this.transactions.runInTransaction(async () => {
      const user = await this.users.create({ email, displayName });
      await this.credentials.createCredentials(user.id, passwordHash);
      return this.sessions.openSession(user, device);
    });
    const { user, sessionId } = loggedIn;
    this.security.recordEvent({ event: 'auth.login.ok', email, userId: user.id, sessionId });
    return loggedIn;
  }
}
