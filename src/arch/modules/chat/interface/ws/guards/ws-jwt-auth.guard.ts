import { Injectable } from '@nestjs/common';
import { InFlightWork } from '../../../../../common/application/in-flight-work.js';
import { SecurityLogPort } from '../../../../../common/application/ports/security-log.port.js';
import { TokenVerifierPort } from '../../../../../common/application/ports/token-verifier.port.js';
import { ShuttingDownError } from '../../../../../common/domain/errors/shutting-down.error.js';
import { TokenInvalidError } from '../../../../../common/domain/errors/token-invalid.error.js';
import { sessionRoom } from '../../../../../common/domain/rooms.js';
import { bearerToken, plainToken } from '../../../../../common/interface/bearer-token.js';
import type { AuthenticatedSocket } from '../../../../../common/interface/principal-of.js';
import { connectionOf } from '../../../../../common/interface/ws/engine/engine-connection.js';
import { joinRoom } from '../../../../../common/interface/ws/rooms/join-room.js';
import { watchExpiry } from '../../../../../common/interface/ws/session/watch-expiry.js';
import { refuse } from '../../../../../common/interface/ws/session/handshake-refusal.js';
import { UserSockets } from '../../../../../common/interface/ws/session/user-sockets.js';
import { socketCaller } from '../../../../../common/interface/ws/session/socket-caller.js';
import { toErrorPayload } from '../../../../../common/interface/errors/error-payload.js';

/** Authenticates a socket at the handshake, before any of its events runs. */
@Injectable()
export class WsJwtAuthGuard {
  constructor(
    private readonly tokens: TokenVerifierPort,
    private readonly work: InFlightWork,
    private readonly sockets: UserSockets,
    private readonly security: SecurityLogPort,
  ) {}

  /** For a Socket.IO namespace middleware. */
  async handshake(socket: AuthenticatedSocket, next: (error?: Error) => void): Promise<void> {
    try {
      if (this.work.isDraining) throw new ShuttingDownError();
      const { principal, issuedAt, expiresAt } = await this.tokens.verifyToken(tokenOf(socket));
      await this.sockets.admitConnection(connectionOf(socket), principal.sub);
      socket.data = { user: principal, issuedAt, expiresAt };
      next();
    } catch (error) {
      this.security.recordEvent(
        { event: 'ws.refused', code: toErrorPayload(error).code },
        socketCaller(socket),
      );
      next(refuse(socket, error));
    }
  }

  /** Whether the handshake has authenticated the socket, and its session is still active. */
  vouchesFor({ data }: AuthenticatedSocket): boolean {
    return data.user !== undefined && !this.tokens.isRevoked(data.user.sid);
  }

  /** Sets a newer token of the same user for a connected socket; an invalid one leaves the old one in place. */
  async renew(socket: AuthenticatedSocket, token: string): Promise<void> {
    const verified = await this.tokens.verifyToken(plainToken(token)).catch(() => null);
    if (verified?.principal.sub !== socket.data.user.sub) throw new TokenInvalidError();
    const { principal, issuedAt, expiresAt } = verified;
    await joinRoom(socket, sessionRoom(principal.sid));
    // The end of the session was emitted to its room before, or is known now.
    if (this.tokens.isRevoked(principal.sid)) throw new TokenInvalidError();
    if (principal.sid !== socket.data.user.sid) await socket.leave(sessionRoom(socket.data.user.sid));
    socket.data = { user: principal, issuedAt, expiresAt };
    watchExpiry(socket);
  }
}

/**
 * `auth: { token }`, otherwise the `Authorization` header. A client without a token often sends null or an empty
 * string.
 */
function tokenOf({ handshake }: AuthenticatedSocket): string {
  const token: unknown = handshake.auth['token'];
  if (token === undefined || token === null || token === '')
    return bearerToken(handshake.headers.authorization);
  return plainToken(token);
}
