import { Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { refreshTokens, sessions } from '../../../../common/infrastructure/database/schema.js';
import type { Rotation } from '../../application/ports/session-repository.port.js';
import type { Device } from '../../domain/models/session.model.js';
import { hashRefreshToken, newRefreshToken, sealSuccessor, unsealSuccessor } from './refresh-token.js';
import { eraseSealed } from './sealed-successors.js';

/** Seconds within which a repeated token may have lost its answer, if nobody uses what was in it. */
export const SEALED_FOR = 86_400;

const successors = alias(refreshTokens, 'successors');

/** Rotates a refresh token under a lock on the presented one, so that parallel calls take turns. */
@Injectable()
export class SessionRotation {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  rotateToken(token: string, device: Device): Promise<Rotation> {
    return this.database.runInTransaction(() =>
      this.database.query((db) => this.rotateOnce(db, token, device)),
    );
  }

  private async rotateOnce(db: Session, token: string, device: Device): Promise<Rotation> {
    const hash = hashRefreshToken(token);
    await db
      .select({ hash: refreshTokens.tokenHash })
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, hash))
      .for('update');
    const found = await this.findToken(db, hash);
    if (!found || found.over) return { outcome: 'invalid' };
    const { sessionId, userId, secondsLeft } = found;
    if (found.tooOld) {
      await this.endSession(db, sessionId);
      return { outcome: 'too_old', userId, sessionId };
    }
    if (found.rotated && !(found.repeatable && found.sealed)) {
      await this.endSession(db, sessionId);
      return { outcome: 'reused', userId, sessionId };
    }
    const refreshToken = found.sealed
      ? unsealSuccessor(found.sealed, token)
      : await this.issueSuccessor(db, token, hash, sessionId);
    await db
      .update(sessions)
      .set({ lastUsedAt: sql`now()`, ...device })
      .where(eq(sessions.id, sessionId));
    const successorId = hashRefreshToken(refreshToken).toString('base64url');
    return { outcome: 'rotated', userId, session: { id: sessionId, secondsLeft, refreshToken, successorId } };
  }

  private async endSession(db: Session, sessionId: string): Promise<void> {
    await eraseSealed(db, eq(refreshTokens.sessionId, sessionId));
    await db
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(eq(sessions.id, sessionId));
  }

  /** Reads after the lock has been taken, so that the result of the previous call is visible. */
  private async findToken(db: Session, hash: Buffer) {
    const endsAt = sql`${sessions.createdAt} + ${this.config.env.SESSION_MAX_AGE} * interval '1 second'`;
    const [found] = await db
      .select({
        sessionId: sessions.id,
        userId: sessions.userId,
        over: sql<boolean>`${sessions.endedAt} is not null or (${refreshTokens.rotatedAt} is null and ${refreshTokens.expiresAt} < now())`,
        secondsLeft: sql<number>`extract(epoch from ${endsAt} - now())::float8`,
        // An access token is valid for a second at least.
        tooOld: sql<boolean>`${endsAt} <= now() + interval '1 second'`,
        rotated: sql<boolean>`${refreshTokens.rotatedAt} is not null`,
        repeatable: sql<boolean>`${refreshTokens.rotatedAt} > now() - ${SEALED_FOR} * interval '1 second' and ${successors.rotatedAt} is null and ${successors.expiresAt} > now()`,
        sealed: refreshTokens.sealedSuccessor,
      })
      .from(refreshTokens)
      .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
      .leftJoin(successors, eq(successors.tokenHash, refreshTokens.successorHash))
      .where(eq(refreshTokens.tokenHash, hash));
    return found;
  }

  private async issueSuccessor(db: Session, token: string, hash: Buffer, sessionId: string): Promise<string> {
    const successor = newRefreshToken();
    const successorHash = hashRefreshToken(successor);
    const expiresAt = sql`now() + ${this.config.env.JWT_REFRESH_EXPIRATION} * interval '1 second'`;
    await db.insert(refreshTokens).values({ tokenHash: successorHash, sessionId, expiresAt });
    await db
      .update(refreshTokens)
      .set({ rotatedAt: sql`now()`, successorHash, sealedSuccessor: sealSuccessor(successor, token) })
      .where(eq(refreshTokens.tokenHash, hash));
    // The presented token has been used, so its predecessor need not yield it any more.
    await eraseSealed(db, eq(refreshTokens.successorHash, hash));
    return successor;
  }
}
