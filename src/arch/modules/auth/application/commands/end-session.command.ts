import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SessionNotFoundError } from '../../domain/errors/session-not-found.error.js';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';
import { SessionEnding } from '../session-ending.js';

/** Ends one session of a user, chosen from the list of sessions. */
export class EndSessionCommand extends Command<void> {
  constructor(
    readonly sessionId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(EndSessionCommand)
export class EndSessionHandler implements ICommandHandler<EndSessionCommand> {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly ending: SessionEnding,
  ) {}

  async execute({ sessionId, userId }: EndSessionCommand): Promise<void> {
    if (!(await this.sessions.endSession(sessionId, userId))) throw new SessionNotFoundError();
    this.ending.announceEnd(userId, [sessionId], 'ended_by_user');
  }
}
