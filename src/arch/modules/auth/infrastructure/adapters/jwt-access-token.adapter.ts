import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import {
  TokenVerifierPort,
  type VerifiedToken,
} from '../../../../common/application/ports/token-verifier.port.js';
import { SessionRevokedError } from '../../../../common/domain/errors/session-revoked.error.js';
import { TokenExpiredError } from '../../../../common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../../../common/domain/errors/token-invalid.error.js';
import type { Principal } from '../../../../common/domain/principal.js';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type { AccessTokenIssuerPort, IssuedToken } from '../../application/ports/access-token-issuer.port.js';
import { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';
import { SuccessorUsesPort } from '../../application/ports/successor-uses.port.js';
import { sharedPermissions } from './shared-permissions.js';

/** RFC 8725 (JWT best practice): one algorithm, an explicit type, an issuer and an audience, all checked. */
const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const ISSUER = 'causerie';
const AUDIENCE = 'causerie';
/** Verified tokens in memory, so that a signature is not verified for each request: about 15 MiB. */
const MAX_CACHED = 10_000;

const claimsSchema = z.object({
  sub: z.guid(),
  email: z.string(),
  sid: z.guid(),
  permissions: z.array(z.object({ resource: z.string(), actions: z.array(z.string()) })),
  iat: z.number(),
  exp: z.number(),
  /** The successor that the token was issued with; absent at the login. */
  rt_hash: z.string().optional(),
});

@Injectable()
export class JwtAccessTokenAdapter implements AccessTokenIssuerPort, TokenVerifierPort {
  private readonly key: Uint8Array;
  private readonly remembered = boundedCache<string, VerifiedToken>(MAX_CACHED);

  constructor(
    private readonly config: AppConfig,
    private readonly revocations: SessionRevocationsPort,
    private readonly uses: SuccessorUsesPort,
  ) {
    this.key = new TextEncoder().encode(config.env.JWT_ACCESS_SECRET);
  }

  async issueToken(
    { sub, ...claims }: Principal,
    secondsLeft = Number.POSITIVE_INFINITY,
    successorId?: string,
  ): Promise<IssuedToken> {
    const expiresIn = Math.max(1, Math.min(this.config.env.JWT_ACCESS_EXPIRATION, Math.floor(secondsLeft)));
    const token = await new SignJWT({ ...claims, ...(successorId !== undefined && { rt_hash: successorId }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setSubject(sub)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${expiresIn}s`)
      .sign(this.key);
    return { token, expiresIn };
  }

  async verifyToken(token: string): Promise<VerifiedToken> {
    const verified = this.cachedToken(token) ?? (await this.verifySignature(token));
    if (this.isRevoked(verified.principal.sid)) throw new SessionRevokedError();
    if (verified.issuedAt.getTime() <= this.revocations.forgottenUntil) throw new TokenExpiredError();
    return verified;
  }

  isRevoked(sessionId: string): boolean {
    return this.revocations.isRevoked(sessionId);
  }

  /** A valid signature stays valid; expiry and session are checked each time. */
  private cachedToken(token: string): VerifiedToken | undefined {
    const verified = this.remembered.get(token);
    if (verified && verified.expiresAt.getTime() <= Date.now()) throw new TokenExpiredError();
    return verified;
  }

  private async verifySignature(token: string): Promise<VerifiedToken> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      const { iat, exp, permissions, rt_hash: successorId, ...identity } = claimsSchema.parse(payload);
      const principal = { ...identity, permissions: sharedPermissions(permissions) };
      const verified = { principal, issuedAt: new Date(iat * 1_000), expiresAt: new Date(exp * 1_000) };
      this.remembered.set(token, verified);
      if (successorId !== undefined) this.uses.noteUse(successorId);
      return verified;
    } catch (error) {
      throw error instanceof errors.JWTExpired ? new TokenExpiredError() : new TokenInvalidError();
    }
  }
}
