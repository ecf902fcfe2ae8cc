import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationBans as bans, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { BanPage, BanRepositoryPort } from '../../application/ports/ban-repository.port.js';
import type { BanDraft } from '../../domain/models/ban.model.js';
import { decodeCursor, encodeCursor } from '../statements/user-cursor.js';

const isInForce = or(isNull(bans.until), gt(bans.until, sql`clock_timestamp()`));

@Injectable()
export class BanRepositoryAdapter implements BanRepositoryPort {
  constructor(private readonly database: Database) {}

  async storeBan(
    conversationId: string,
    userId: string,
    bannedBy: string,
    { until, reason }: BanDraft,
  ): Promise<boolean> {
    const ban = { bannedBy, reason, until, createdAt: sql`clock_timestamp()` };
    const key = { target: [bans.conversationId, bans.userId] };
    return this.database.runInTransaction(async () => {
      if (until !== null && !(await this.isToCome(until))) return false;
      await this.database.query((db) =>
        db
          .insert(bans)
          .values({ conversationId, userId, ...ban })
          .onConflictDoUpdate({ ...key, set: ban }),
      );
      return true;
    });
  }

  async deleteBan(conversationId: string, userId: string): Promise<void> {
    await this.database.query((db) =>
      db.delete(bans).where(and(eq(bans.conversationId, conversationId), eq(bans.userId, userId))),
    );
  }

  async deleteBansOf(userId: string): Promise<void> {
    await this.database.query((db) => db.delete(bans).where(eq(bans.userId, userId)));
  }

  async isBanned(conversationId: string, userId: string): Promise<boolean> {
    const found = await this.database.query((db) =>
      db
        .select({ userId: bans.userId })
        .from(bans)
        .where(and(eq(bans.conversationId, conversationId), eq(bans.userId, userId), isInForce)),
    );
    return found.length > 0;
  }

  async findBans(conversationId: string, limit: number, cursor?: string): Promise<BanPage> {
    const after = cursor === undefined ? undefined : gt(bans.userId, decodeCursor(cursor));
    const rows = await this.database.query((db) =>
      db
        .select(banColumns)
        .from(bans)
        .innerJoin(userProfiles, eq(userProfiles.id, bans.userId))
        .where(and(eq(bans.conversationId, conversationId), after, isInForce))
        .orderBy(asc(bans.userId))
        .limit(limit + 1),
    );
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(last.userId) : null };
  }

  private async isToCome(instant: Date): Promise<boolean> {
    const { rows } = await this.database.query((db) =>
      db.execute<{ to_come: boolean }>(
        sql`select ${instant.toISOString()}::timestamptz > clock_timestamp() as to_come`,
      ),
    );
    return rows[0]?.to_come === true;
  }
}

/** An allow-list, like those of `chat.columns.ts`. */
const banColumns = {
  userId: bans.userId,
  displayName: userProfiles.displayName,
  avatarUrl: userProfiles.avatarUrl,
  bannedBy: bans.bannedBy,
  reason: bans.reason,
  createdAt: bans.createdAt,
  until: bans.until,
};
