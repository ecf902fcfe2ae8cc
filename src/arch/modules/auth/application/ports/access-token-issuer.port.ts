import type { Principal } from '../../../../common/domain/principal.js';

export interface IssuedToken {
  readonly token: string;
  /** Seconds until it is over. */
  readonly expiresIn: number;
}

export abstract class AccessTokenIssuerPort {
  abstract issue(principal: Principal): Promise<IssuedToken>;
}
