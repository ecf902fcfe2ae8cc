import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  TokenVerifierPort,
  type VerifiedToken,
} from '../../../../common/application/ports/token-verifier.port.js';
import { SessionRevokedError } from '../../../../common/domain/errors/session-revoked.error.js';
import { TokenExpiredError } from '../../../../common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../../../common/domain/errors/token-invalid.error.js';
import type { Principal } from '../../../../common/domain/principal.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type { AccessTokenIssuerPort, IssuedToken } from '../../application/ports/access-token-issuer.port.js';
import { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';
import { sharedPermissions } from './shared-permissions.js';

/** RFC 8725 (JWT best practice): one algorithm, an explicit type, an issuer and an audience, all checked. */
const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const ISSUER = 'causerie';
const AUDIENCE = 'causerie';
/** Tokens remembered as ours, so that a client's every request does not verify the same signature: some 15 MiB. */
const MAX_REMEMBERED = 10_000;

const claimsSchema = z.object({
  sub: z.guid(),
  email: z.string(),
  sid: z.guid(),
  permissions: z.array(z.object({ resource: z.string(), actions: z.array(z.string()) })),
  iat: z.number(),
  exp: z.number(),
});
type Claims = Principal & { readonly iat: number; readonly exp: number };

@Injectable()
export class JwtAccessTokenAdapter implements AccessTokenIssuerPort, TokenVerifierPort {
  private readonly key: Uint8Array;
  private readonly remembered = new LRUCache<string, Claims>({ max: MAX_REMEMBERED });

  constructor(
    private readonly config: AppConfig,
    private readonly revocations: SessionRevocationsPort,
  ) {
    this.key = new TextEncoder().encode(config.env.JWT_ACCESS_SECRET);
  }

  async issue({ sub, ...claims }: Principal, secondsLeft = Number.POSITIVE_INFINITY): Promise<IssuedToken> {
    const expiresIn = Math.max(1, Math.min(this.config.env.JWT_ACCESS_EXPIRATION, Math.floor(secondsLeft)));
    const token = await new SignJWT({ ...claims })
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

  async verify(token: string): Promise<VerifiedToken> {
    const { iat, exp, ...principal } = this.recall(token) ?? (await this.claims(token));
    if (this.isRevoked(principal.sid)) throw new SessionRevokedError();
    if (iat * 1_000 <= this.revocations.forgottenUntil) throw new TokenExpiredError();
    return { principal, issuedAt: new Date(iat * 1_000), expiresAt: new Date(exp * 1_000) };
  }

  isRevoked(sessionId: string): boolean {
    return this.revocations.isRevoked(sessionId);
  }

  /** A signature that was right stays right; the time and the session are looked at each time. */
  private recall(token: string): Claims | undefined {
    const claims = this.remembered.get(token);
    if (claims && claims.exp <= Math.floor(Date.now() / 1_000)) throw new TokenExpiredError();
    return claims;
  }

  private async claims(token: string): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      const parsed = claimsSchema.parse(payload);
      const claims = { ...parsed, permissions: sharedPermissions(parsed.permissions) };
      this.remembered.set(token, claims);
      return claims;
    } catch (error) {
      throw error instanceof errors.JWTExpired ? new TokenExpiredError() : new TokenInvalidError();
    }
  }
}
