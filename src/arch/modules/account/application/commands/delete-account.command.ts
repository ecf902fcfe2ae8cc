import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Afterwards } from '../../../../common/application/ports/personal-data.port.js';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { PasswordCheckPort } from '../../../auth/application/ports/password-check.port.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { PersonalDataProviders } from '../personal-data-providers.js';

export class DeleteAccountCommand extends Command<void> {
  constructor(
    readonly userId: string,
    readonly password: string,
    readonly address: string | null,
  ) {
    super();
  }
}

@CommandHandler(DeleteAccountCommand)
export class DeleteAccountHandler implements ICommandHandler<DeleteAccountCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly passwords: PasswordCheckPort,
    private readonly data: PersonalDataProviders,
    private readonly transactions: TransactionRunnerPort,
  ) {}

  /**
   * Anonymising the account cannot be undone, so it is the last step, in one transaction. It comes when all sessions
   * have ended and everything else has been erased: a user whose request is interrupted before it can log in again and
   * repeat it. A login, an invitation or a post may have come in between, so everything is erased once more afterwards.
   */
  async execute({ userId, password, address }: DeleteAccountCommand): Promise<void> {
    const { email } = await this.requireUser(userId);
    await this.passwords.confirmPassword({ userId, email, password, address });
    await this.eraseData(userId);
    await this.closeAccount(userId);
    await this.eraseData(userId);
  }

  /** Ends a session that has outlived its account, because the last steps were interrupted. */
  private async requireUser(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (user) return user;
    await this.eraseData(userId);
    throw new UserNotFoundError();
  }

  private async eraseData(userId: string): Promise<void> {
    for (const each of this.data.all) await each.erase(userId);
  }

  private async closeAccount(userId: string): Promise<void> {
    const afterCommit = await this.transactions.runInTransaction(async () => {
      const left: Afterwards[] = [];
      for (const each of this.data.all) left.push(await each.closeAccount(userId));
      return left;
    });
    for (const each of afterCommit) await each();
  }
}
