import { randomUUID } from 'node:crypto';
import type {
  TokenVerifierPort,
  VerifiedToken,
} from '../../src/arch/common/application/ports/token-verifier.port.js';
import { SessionRevokedError } from '../../src/arch/common/domain/errors/session-revoked.error.js';
import { TokenExpiredError } from '../../src/arch/common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../src/arch/common/domain/errors/token-invalid.error.js';
import type { Principal } from '../../src/arch/common/domain/principal.js';
import type {
  AccessTokenIssuerPort,
  IssuedToken,
} from '../../src/arch/modules/auth/application/ports/access-token-issuer.port.js';

/** Knows the tokens that it has issued, and the sessions that a test has added to `revoked`. */
export class AccessTokenFake implements AccessTokenIssuerPort, TokenVerifierPort {
  readonly revoked = new Set<string>();
  /** Successors whose use was noted. */
  readonly used = new Set<string>();
  private readonly issued = new Map<string, VerifiedToken>();
  private readonly successors = new Map<string, string>();

  /** @param expiresIn seconds */
  constructor(private readonly expiresIn = 900) {}

  async issueToken(
    principal: Principal,
    secondsLeft = Number.POSITIVE_INFINITY,
    successorId?: string,
  ): Promise<IssuedToken> {
    const token = randomUUID();
    if (successorId !== undefined) this.successors.set(token, successorId);
    const now = Math.floor(Date.now() / 1_000);
    const expiresIn = Math.min(this.expiresIn, Math.max(1, Math.floor(secondsLeft)));
    this.issued.set(token, {
      principal,
      issuedAt: new Date(now * 1_000),
      expiresAt: new Date((now + expiresIn) * 1_000),
    });
    return { token, expiresIn };
  }

  async verifyToken(token: string): Promise<VerifiedToken> {
    const found = this.issued.get(token);
    if (!found) throw new TokenInvalidError();
    if (found.expiresAt.getTime() <= Date.now()) throw new TokenExpiredError();
    if (this.isRevoked(found.principal.sid)) throw new SessionRevokedError();
    const successorId = this.successors.get(token);
    if (successorId !== undefined) this.used.add(successorId);
    return found;
  }

  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }
}
