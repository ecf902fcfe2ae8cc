import type { Principal } from '../../domain/principal.js';

export interface VerifiedToken {
  readonly principal: Principal;
  readonly expiresAt: Date;
}

export abstract class TokenVerifierPort {
  /** @throws TokenExpiredError when it was ours but is over, TokenInvalidError for everything else. */
  abstract verify(token: string): Promise<VerifiedToken>;
}
