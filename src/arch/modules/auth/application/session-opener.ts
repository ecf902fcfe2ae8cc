import { Injectable } from '@nestjs/common';
import type { User } from '../../user/domain/models/user.model.js';
import { DEFAULT_PERMISSIONS } from '../domain/models/permissions.model.js';
import type { Device } from '../domain/models/session.model.js';
import type { AuthenticatedSession } from './commands/authenticated-session.js';
import { AccessTokenIssuerPort } from './ports/access-token-issuer.port.js';
import { type OpenedSession, SessionRepositoryPort } from './ports/session-repository.port.js';

/** The last step of every login and refresh: creates a session and its tokens. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly tokens: AccessTokenIssuerPort,
  ) {}

  async openSession(user: User, device: Device): Promise<AuthenticatedSession> {
    const { displaced, ...session } = await this.sessions.openSession(user.id, device);
    return { ...(await this.tokensFor(user, session)), displaced };
  }

  async tokensFor(user: User, session: OpenedSession): Promise<AuthenticatedSession> {
    const principal = { sub: user.id, email: user.email, sid: session.id, permissions: DEFAULT_PERMISSIONS };
    const { secondsLeft, successorId } = session;
    const { token, expiresIn } = await this.tokens.issueToken(principal, secondsLeft, successorId);
    return {
      accessToken: token,
      refreshToken: session.refreshToken,
      expiresIn,
      user,
      sessionId: session.id,
      displaced: [],
    };
  }
}
