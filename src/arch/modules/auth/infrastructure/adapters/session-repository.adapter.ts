import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { refreshTokens, sessions } from '../../../../common/infrastructure/database/schema.js';
import type {
  OpenedSession,
  Rotation,
  SessionRepositoryPort,
} from '../../application/ports/session-repository.port.js';
import type { Device, Session } from '../../domain/models/session.model.js';
import { hashRefreshToken, newRefreshToken } from './refresh-token.js';
import { SEALED_FOR, SessionRotation } from './session-rotation.js';

const going = (userId: string) => and(eq(sessions.userId, userId), isNull(sessions.endedAt));

@Injectable()
export class SessionRepositoryAdapter implements SessionRepositoryPort {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly rotation: SessionRotation,
  ) {}

  async open(userId: string, device: Device): Promise<OpenedSession> {
    const id = randomUUIDv7();
    const refreshToken = newRefreshToken();
    const expiresAt = new Date(Date.now() + this.config.env.JWT_REFRESH_EXPIRATION * 1_000);
    await this.database.run(() =>
      this.database.query(async (db) => {
        await db.insert(sessions).values({ id, userId, ...device });
        await db
          .insert(refreshTokens)
          .values({ tokenHash: hashRefreshToken(refreshToken), sessionId: id, expiresAt });
      }),
    );
    return { id, refreshToken };
  }

  rotate(refreshToken: string, device: Device): Promise<Rotation> {
    return this.rotation.rotate(refreshToken, device);
  }

  findByUser(userId: string): Promise<Session[]> {
    const { id, createdAt, lastUsedAt, userAgent, ip } = sessions;
    return this.database.query((db) =>
      db
        .select({ id, createdAt, lastUsedAt, userAgent, ip })
        .from(sessions)
        .where(
          and(
            going(userId),
            sql`${lastUsedAt} > now() - ${this.config.env.JWT_REFRESH_EXPIRATION} * interval '1 second'`,
          ),
        )
        .orderBy(desc(lastUsedAt), desc(id)),
    );
  }

  async end(sessionId: string, userId: string): Promise<boolean> {
    const ended = await this.endWhere(and(going(userId), eq(sessions.id, sessionId)));
    return ended.length > 0;
  }

  endAll(userId: string): Promise<string[]> {
    return this.endWhere(going(userId));
  }

  async findEndedWithin(seconds: number): Promise<string[]> {
    const ended = await this.database.query((db) =>
      db
        .select({ id: sessions.id })
        .from(sessions)
        .where(sql`${sessions.endedAt} > now() - ${seconds} * interval '1 second'`),
    );
    return ended.map(({ id }) => id);
  }

  async eraseSealed(): Promise<void> {
    await this.database.query((db) =>
      db
        .update(refreshTokens)
        .set({ sealedSuccessor: null })
        .where(
          and(
            sql`${refreshTokens.sealedSuccessor} is not null`,
            lt(refreshTokens.rotatedAt, sql`now() - ${SEALED_FOR} * interval '1 second'`),
          ),
        ),
    );
  }

  private async endWhere(condition: ReturnType<typeof going>): Promise<string[]> {
    const ended = await this.database.query((db) =>
      db
        .update(sessions)
        .set({ endedAt: sql`now()` })
        .where(condition)
        .returning({ id: sessions.id }),
    );
    return ended.map(({ id }) => id);
  }
}
