import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import type { Device } from '../../domain/models/session.model.js';
import { PasswordCheckPort } from '../ports/password-check.port.js';
import { SessionEnding } from '../session-ending.js';
import { SessionOpener } from '../session-opener.js';
import type { AuthenticatedSession } from './authenticated-session.js';

export class LoginCommand extends Command<AuthenticatedSession> {
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
    private readonly passwords: PasswordCheckPort,
    private readonly sessions: SessionOpener,
    private readonly transactions: TransactionRunnerPort,
    private readonly security: SecurityLogPort,
    private readonly ending: SessionEnding,
  ) {}

  async execute({ email, password, device }: LoginCommand): Promise<AuthenticatedSession> {
    const found = await this.passwords.requirePassword({ email, password, address: device.ip });
    // The password may have been changed, and all sessions ended, while it was being verified.
    const loggedIn = await this.transactions.runInTransaction(async () => {
      await this.passwords.holdPassword(found);
      return this.sessions.openSession(found.user, device);
    });
    const { user, sessionId, displaced } = loggedIn;
    this.security.recordEvent({ event: 'auth.login.ok', email, userId: user.id, sessionId });
    this.ending.announceEnd(user.id, displaced, 'too_many');
    return loggedIn;
  }
}
