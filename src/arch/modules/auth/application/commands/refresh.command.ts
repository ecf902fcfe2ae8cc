import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { RefreshTokenInvalidError } from '../../domain/errors/refresh-token-invalid.error.js';
import { RefreshTokenReusedError } from '../../domain/errors/refresh-token-reused.error.js';
import type { Device } from '../../domain/models/session.model.js';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';
import { SessionEnding } from '../session-ending.js';
import { SessionOpener } from '../session-opener.js';
import type { AuthenticatedSession } from './authenticated-session.js';

export class RefreshCommand extends Command<AuthenticatedSession> {
  constructor(
    readonly refreshToken: string,
    readonly device: Device,
  ) {
    super();
  }
}

@CommandHandler(RefreshCommand)
export class RefreshHandler implements ICommandHandler<RefreshCommand> {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly ending: SessionEnding,
    private readonly users: UserRepositoryPort,
    private readonly opener: SessionOpener,
    private readonly security: SecurityLogPort,
  ) {}

  async execute({ refreshToken, device }: RefreshCommand): Promise<AuthenticatedSession> {
    const rotation = await this.sessions.rotateToken(refreshToken, device);
    if (rotation.outcome === 'reused') {
      const { userId, sessionId } = rotation;
      this.security.recordEvent({ event: 'auth.refresh.reused', userId, sessionId });
      this.ending.announceEnd(userId, [sessionId], 'refresh_reused');
      throw new RefreshTokenReusedError();
    }
    if (rotation.outcome === 'too_old')
      this.ending.announceEnd(rotation.userId, [rotation.sessionId], 'too_old');
    if (rotation.outcome !== 'rotated') throw new RefreshTokenInvalidError();
    const user = await this.users.findById(rotation.userId);
    if (!user) throw new RefreshTokenInvalidError();
    return this.opener.tokensFor(user, rotation.session);
  }
}
