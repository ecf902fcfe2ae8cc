import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { BlockRepositoryPort } from '../ports/block-repository.port.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';

export class SetBlockCommand extends Command<void> {
  constructor(
    readonly blockerId: string,
    readonly blockedId: string,
    readonly isBlocked: boolean,
  ) {
    super();
  }
}

/** Only who blocks is sent an event: nobody learns of being blocked. */
@CommandHandler(SetBlockCommand)
export class SetBlockHandler implements ICommandHandler<SetBlockCommand> {
  constructor(
    private readonly blocks: BlockRepositoryPort,
    private readonly transactions: TransactionRunnerPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ blockerId, blockedId, isBlocked }: SetBlockCommand): Promise<void> {
    if (isBlocked && blockerId === blockedId)
      throw new ValidationFailedError([{ path: 'userId', message: 'must be another user' }]);
    await this.transactions.runInTransaction(async () => {
      if (!(await this.blocks.setBlock(blockerId, blockedId, isBlocked))) return;
      this.transactions.afterCommit({
        publish: () => this.live.publish({ kind: 'user_blocked', userId: blockerId, blockedId, isBlocked }),
        isStored: async () => (await this.blocks.isBlocked(blockerId, blockedId)) === isBlocked,
      });
    });
  }
}
