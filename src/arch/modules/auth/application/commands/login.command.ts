import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import { PasswordHasherPort } from '../ports/password-hasher.port.js';
import { SessionOpener } from '../session-opener.js';
import type { LoggedIn } from './logged-in.js';

export class LoginCommand extends Command<LoggedIn> {
  constructor(
    readonly email: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(LoginCommand)
export class LoginHandler implements ICommandHandler<LoginCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly passwords: PasswordHasherPort,
    private readonly sessions: SessionOpener,
  ) {}

  async execute({ email, password }: LoginCommand): Promise<LoggedIn> {
    const found = await this.users.findCredentials(email);
    const matches = await this.passwords.verify(found?.passwordHash ?? null, password);
    if (!found || !matches) throw new InvalidCredentialsError();
    return this.sessions.open(found.user);
  }
}
