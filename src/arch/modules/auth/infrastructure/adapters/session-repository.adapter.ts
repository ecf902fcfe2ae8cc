import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { decodeCursor, encodeCursor } from '../../../../common/infrastructure/database/instant-cursor.js';
import { refreshTokens, sessions } from '../../../../common/infrastructure/database/schema.js';
import type {
  OpenedSession,
  Rotation,
  SessionPage,
  SessionRepositoryPort,
} from '../../application/ports/session-repository.port.js';
import { type Device, MAX_SESSIONS } from '../../domain/models/session.model.js';
import { hashRefreshToken, newRefreshToken } from './refresh-token.js';
import { eraseSealed } from './sealed-successors.js';
import { selectSessions } from './session-page.statement.js';
import { SessionRotation } from './session-rotation.js';

/** The first key of an advisory lock; the second is a user. */
const SESSIONS_LOCK = 50_001;

const activeSessionsOf = (userId: string) => and(eq(sessions.userId, userId), isNull(sessions.endedAt));

@Injectable()
export class SessionRepositoryAdapter implements SessionRepositoryPort {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly rotation: SessionRotation,
  ) {}

  async openSession(userId: string, device: Device): Promise<OpenedSession & { displaced: string[] }> {
    const id = randomUUIDv7();
    const refreshToken = newRefreshToken();
    const { JWT_REFRESH_EXPIRATION, SESSION_MAX_AGE } = this.config.env;
    // Computed by PostgreSQL's clock, which also checks it.
    const expiresAt = sql`now() + ${JWT_REFRESH_EXPIRATION} * interval '1 second'`;
    return this.database.runInTransaction(async () => {
      await this.database.query((db) =>
        db.execute(sql`
          with opened as (
            insert into sessions (id, user_id, user_agent, ip)
            values (${id}, ${userId}, ${device.userAgent}, ${device.ip})
            returning id
          )
          insert into refresh_tokens (token_hash, session_id, expires_at)
          select ${hashRefreshToken(refreshToken)}, id, ${expiresAt} from opened`),
      );
      return {
        id,
        secondsLeft: SESSION_MAX_AGE,
        refreshToken,
        displaced: await this.endDisplaced(userId, id),
      };
    });
  }

  rotateToken(refreshToken: string, device: Device): Promise<Rotation> {
    return this.rotation.rotateToken(refreshToken, device);
  }

  async findPage(userId: string, limit: number, cursor?: string): Promise<SessionPage> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await this.database.query(async (db) =>
      selectSessions(db, userId, this.config.env, limit, after),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(({ session }) => session),
      nextCursor: last ? encodeCursor({ instant: last.instant, id: last.session.id }) : null,
    };
  }

  async storeUses(successorIds: readonly string[]): Promise<void> {
    const hashes = successorIds.map((id) => Buffer.from(id, 'base64url'));
    await this.database.outsideTransaction(() =>
      this.database.query((db) => eraseSealed(db, inArray(refreshTokens.successorHash, hashes))),
    );
  }

  async endSession(sessionId: string, userId: string): Promise<boolean> {
    const ended = await this.endWhere(and(activeSessionsOf(userId), eq(sessions.id, sessionId)));
    return ended.length > 0;
  }

  endAllSessions(userId: string): Promise<string[]> {
    return this.endWhere(activeSessionsOf(userId));
  }

  async eraseDevices(userId: string): Promise<void> {
    await this.database.query(async (db) => {
      const own = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, userId));
      await db.delete(refreshTokens).where(inArray(refreshTokens.sessionId, own));
      await db.update(sessions).set({ ip: null, userAgent: null }).where(eq(sessions.userId, userId));
    });
  }

  async findEndedAmong(sessionIds: readonly string[]): Promise<string[]> {
    const ended = await this.database.query((db) =>
      db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(inArray(sessions.id, [...sessionIds]), isNotNull(sessions.endedAt))),
    );
    return ended.map(({ id }) => id);
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

  /** Logins of one user take turns here: two at once would otherwise not end each other's sessions. */
  private async endDisplaced(userId: string, opened: string): Promise<string[]> {
    await this.database.query((db) =>
      db.execute(sql`select pg_advisory_xact_lock(${SESSIONS_LOCK}, hashtext(${userId}))`),
    );
    const surplus = await this.database.query((db) =>
      db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(activeSessionsOf(userId), ne(sessions.id, opened)))
        .orderBy(desc(sessions.lastUsedAt), desc(sessions.id))
        .offset(MAX_SESSIONS - 1),
    );
    if (surplus.length === 0) return [];
    return this.endWhere(
      and(
        activeSessionsOf(userId),
        inArray(
          sessions.id,
          surplus.map(({ id }) => id),
        ),
      ),
    );
  }

  private async endWhere(condition: ReturnType<typeof activeSessionsOf>): Promise<string[]> {
    const end = async (db: Session) => {
      const due = db.select({ id: sessions.id }).from(sessions).where(condition);
      await eraseSealed(db, inArray(refreshTokens.sessionId, due));
      const ended = await db
        .update(sessions)
        .set({ endedAt: sql`now()` })
        .where(condition)
        .returning({ id: sessions.id });
      return ended.map(({ id }) => id);
    };
    return this.database.runInTransaction(() => this.database.query(end));
  }
}
