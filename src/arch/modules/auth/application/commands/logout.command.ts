import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';
import { SessionRevocationsPort } from '../ports/session-revocations.port.js';
import { SessionEnding } from '../session-ending.js';

/** Ends the caller's session. It succeeds as well when another tab or node has just ended the session. */
export class LogoutCommand extends Command<void> {
  constructor(
    readonly sessionId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(LogoutCommand)
export class LogoutHandler implements ICommandHandler<LogoutCommand> {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly revocations: SessionRevocationsPort,
    private readonly ending: SessionEnding,
  ) {}

  async execute({ sessionId, userId }: LogoutCommand): Promise<void> {
    if (await this.sessions.endSession(sessionId, userId))
      this.ending.announceEnd(userId, [sessionId], 'logout');
    else this.revocations.announceRevocations([sessionId]);
  }
}
