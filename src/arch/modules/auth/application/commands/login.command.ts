import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import type { Device } from '../../domain/models/session.model.js';
import { PasswordCheckPort } from '../ports/password-check.port.js';
import { SessionEnding } from '../session-ending.js';
import { SessionOpener } from '../session-opener.js';
import type { LoggedIn } from './logged-in.js';

export class LoginCommand extends Command<LoggedIn> {
  constructor(
    readonly email: string,
    readonly password: string,
    readonly device: Device,
  ) {
    super();
  }
}

@CommandHandler(LoginCommand)
export class LoginHandler implements ICommandHandler<LoginCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly passwords: PasswordCheckPort,
    private readonly sessions: SessionOpener,
    private readonly transactions: TransactionRunnerPort,
    private readonly security: SecurityLogPort,
    private readonly ending: SessionEnding,
  ) {}

  async execute(command: LoginCommand): Promise<LoggedIn> {
    const { email } = command;
    try {
      const loggedIn = await this.logIn(command);
      const { user, sessionId, displaced } = loggedIn;
      this.security.record({ event: 'auth.login.ok', email, userId: user.id, sessionId });
      this.ending.announce(user.id, displaced, 'too_many');
      return loggedIn;
    } catch (error) {
      if (error instanceof RateLimitedError) this.security.record({ event: 'auth.login.throttled', email });
      if (error instanceof InvalidCredentialsError)
        this.security.record({ event: 'auth.login.failed', email });
      throw error;
    }
  }

  private async logIn({ email, password, device }: LoginCommand): Promise<LoggedIn> {
    const found = await this.passwords.require({ email, password, address: device.ip, purpose: 'login' });
    // The password may have been changed, and all sessions ended, while this one was being checked.
    return this.transactions.run(async () => {
      if (!(await this.users.holdPassword(found.user.id, found.passwordHash)))
        throw new InvalidCredentialsError();
      return this.sessions.open(found.user, device);
    });
  }
}
