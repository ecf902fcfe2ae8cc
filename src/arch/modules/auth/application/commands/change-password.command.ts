import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import { requireGoodPassword } from '../../domain/services/new-password.policy.js';
import { CommonPasswordsPort } from '../ports/common-passwords.port.js';
import { CredentialsPort } from '../ports/credentials.port.js';
import { PasswordCheckPort } from '../ports/password-check.port.js';
import { PasswordHasherPort } from '../ports/password-hasher.port.js';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';
import { SessionEnding } from '../session-ending.js';

export class ChangePasswordCommand extends Command<void> {
  constructor(
    readonly userId: string,
    readonly email: string,
    readonly currentPassword: string,
    readonly newPassword: string,
    readonly address: string | null,
  ) {
    super();
  }
}

@CommandHandler(ChangePasswordCommand)
export class ChangePasswordHandler implements ICommandHandler<ChangePasswordCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly credentials: CredentialsPort,
    private readonly check: PasswordCheckPort,
    private readonly passwords: PasswordHasherPort,
    private readonly common: CommonPasswordsPort,
    private readonly sessions: SessionRepositoryPort,
    private readonly ending: SessionEnding,
    private readonly transactions: TransactionRunnerPort,
    private readonly security: SecurityLogPort,
  ) {}

  async execute(command: ChangePasswordCommand): Promise<void> {
    const { userId, email, currentPassword, newPassword, address } = command;
    const owner = await this.users.findById(userId);
    if (!owner) throw new InvalidCredentialsError();
    requireGoodPassword(newPassword, 'newPassword', owner, this.common);
    await this.check.confirmPassword({ userId, email, password: currentPassword, address });
    const passwordHash = await this.passwords.hashPassword(newPassword, { email, address });
    const ended = await this.transactions.runInTransaction(async () => {
      await this.credentials.changePassword(userId, passwordHash);
      return this.sessions.endAllSessions(userId);
    });
    this.security.recordEvent({ event: 'auth.password.changed', userId });
    this.ending.announceEnd(userId, ended, 'password_changed');
  }
}
