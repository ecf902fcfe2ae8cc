import { Injectable } from '@nestjs/common';
import { OpenWork } from '../../../../../common/application/open-work.js';
import { TokenVerifierPort } from '../../../../../common/application/ports/token-verifier.port.js';
import { ShuttingDownError } from '../../../../../common/domain/errors/shutting-down.error.js';
import { TokenInvalidError } from '../../../../../common/domain/errors/token-invalid.error.js';
import { bearerToken } from '../../../../../common/interface/bearer-token.js';
import type { AuthenticatedSocket } from '../../../../../common/interface/principal-of.js';
import { keepConnection, refuse } from '../../../../../common/interface/ws/handshake-refusal.js';

/** Decides at the handshake, before any event of the socket runs, whom the socket speaks for. */
@Injectable()
export class WsJwtAuthGuard {
  constructor(
    private readonly tokens: TokenVerifierPort,
    private readonly work: OpenWork,
  ) {}

  /** For a Socket.IO namespace middleware. */
  async handshake(socket: AuthenticatedSocket, next: (error?: Error) => void): Promise<void> {
    try {
      if (this.work.isDraining) throw new ShuttingDownError();
      const { principal, expiresAt } = await this.tokens.verify(tokenOf(socket));
      socket.data = { user: principal, expiresAt };
      keepConnection(socket);
      next();
    } catch (error) {
      next(refuse(socket, error));
    }
  }
}

/** `auth: { token }`, else the `Authorization` header. */
function tokenOf({ handshake }: AuthenticatedSocket): string {
  const token: unknown = handshake.auth['token'];
  if (token === undefined) return bearerToken(handshake.headers.authorization);
  if (typeof token !== 'string') throw new TokenInvalidError();
  return token;
}
