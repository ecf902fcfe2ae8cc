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
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type { AccessTokenIssuerPort, IssuedToken } from '../../application/ports/access-token-issuer.port.js';
import { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';
import { sharedPermissions } from './shared-permissions.js';

/** RFC 8725 (JWT best practice): one algorithm, an explicit type, an issuer and an audience, all checked. */
const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const ISSUER = 'causerie';
const AUDIENCE = 'causerie';

const claimsSchema = z.object({
  sub: z.guid(),
  email: z.string(),
  sid: z.guid(),
  permissions: z.array(z.object({ resource: z.string(), actions: z.array(z.string()) })),
  exp: z.number(),
});

@Injectable()
export class JwtAccessTokenAdapter implements AccessTokenIssuerPort, TokenVerifierPort {
  private readonly key: Uint8Array;

  constructor(
    private readonly config: AppConfig,
    private readonly revocations: SessionRevocationsPort,
  ) {
    this.key = new TextEncoder().encode(config.env.JWT_ACCESS_SECRET);
  }

  async issue({ sub, ...claims }: Principal): Promise<IssuedToken> {
    const expiresIn = this.config.env.JWT_ACCESS_EXPIRATION;
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
    const { exp, ...principal } = await this.claims(token);
    if (this.isRevoked(principal.sid)) throw new SessionRevokedError();
    const permissions = sharedPermissions(principal.permissions);
    return { principal: { ...principal, permissions }, expiresAt: new Date(exp * 1_000) };
  }

  isRevoked(sessionId: string): boolean {
    return this.revocations.isRevoked(sessionId);
  }

  private async claims(token: string) {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      return claimsSchema.parse(payload);
    } catch (error) {
      throw error instanceof errors.JWTExpired ? new TokenExpiredError() : new TokenInvalidError();
    }
  }
}
