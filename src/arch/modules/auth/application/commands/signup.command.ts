import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { PasswordHasherPort } from '../ports/password-hasher.port.js';
import { SessionOpener } from '../session-opener.js';
import type { LoggedIn } from './logged-in.js';

export class SignupCommand extends Command<LoggedIn> {
  constructor(
    readonly email: string,
    readonly password: string,
    readonly displayName: string,
  ) {
    super();
  }
}

@CommandHandler(SignupCommand)
export class SignupHandler implements ICommandHandler<SignupCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly passwords: PasswordHasherPort,
    private readonly sessions: SessionOpener,
  ) {}

  async execute({ email, password, displayName }: SignupCommand): Promise<LoggedIn> {
    const passwordHash = await this.passwords.hash(password);
    const user = await this.users.create({ email, displayName, passwordHash });
    return this.sessions.open(user);
  }
}
