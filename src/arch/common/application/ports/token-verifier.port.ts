import type { Principal } from '../../domain/principal.js';

export interface VerifiedToken {
  readonly principal: Principal;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export abstract class TokenVerifierPort {
  /**
   * @throws TokenExpiredError when the token is ours and has expired, SessionRevokedError when its session has ended,
   * TokenInvalidError for everything else.
   */
  abstract verifyToken(token: string): Promise<VerifiedToken>;
  /** Whether a session has ended since a token of it was verified. Reads only memory. */
  abstract isRevoked(sessionId: string): boolean;
}
