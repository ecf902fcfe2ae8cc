import { Injectable } from '@nestjs/common';
import type { User } from '../../user/domain/models/user.model.js';
import { DEFAULT_PERMISSIONS } from '../domain/models/permissions.model.js';
import type { Device } from '../domain/models/session.model.js';
import type { LoggedIn } from './commands/logged-in.js';
import { AccessTokenIssuerPort } from './ports/access-token-issuer.port.js';
import { type OpenedSession, SessionRepositoryPort } from './ports/session-repository.port.js';

/** The end of every login and refresh: a session, and the tokens that speak for it. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly tokens: AccessTokenIssuerPort,
  ) {}

  async open(user: User, device: Device): Promise<LoggedIn> {
    const { displaced, ...session } = await this.sessions.open(user.id, device);
    return { ...(await this.tokensFor(user, session)), displaced };
  }

  async tokensFor(user: User, session: OpenedSession): Promise<LoggedIn> {
    const principal = { sub: user.id, email: user.email, sid: session.id, permissions: DEFAULT_PERMISSIONS };
    const { token, expiresIn } = await this.tokens.issue(principal, session.secondsLeft);
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
