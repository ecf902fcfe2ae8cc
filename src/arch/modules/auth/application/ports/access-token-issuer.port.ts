import type { Principal } from '../../../../common/domain/principal.js';

export interface IssuedToken {
  readonly token: string;
  /** Seconds until the token expires. */
  readonly expiresIn: number;
}

export abstract class AccessTokenIssuerPort {
  /**
   * @param secondsLeft until the session ends, which no token of it outlives
   * @param successorId the successor that it is issued with: its verification notes the use of that one
   */
  abstract issueToken(principal: Principal, secondsLeft?: number, successorId?: string): Promise<IssuedToken>;
}
