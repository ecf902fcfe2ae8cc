import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import type { InstantCursor } from '../../../../common/infrastructure/database/instant-cursor.js';
import { sessions } from '../../../../common/infrastructure/database/schema.js';

/** In seconds. */
export interface SessionLifetimes {
  readonly JWT_REFRESH_EXPIRATION: number;
  readonly SESSION_MAX_AGE: number;
}

const { id, createdAt, lastUsedAt, userAgent, ip } = sessions;
const ago = (seconds: number): SQL => sql`now() - ${seconds} * interval '1 second'`;

/** Sessions that can still be refreshed, last used first, one more than `limit`. */
export function selectSessions(
  db: Session,
  userId: string,
  lifetimes: SessionLifetimes,
  limit: number,
  after?: InstantCursor,
) {
  const place = after && sql`timestamptz 'epoch' + ${after.instant}::float8 * interval '1 microsecond'`;
  return db
    .select({
      session: { id, createdAt, lastUsedAt, userAgent, ip },
      instant: sql<string>`(extract(epoch from ${lastUsedAt}) * 1000000)::bigint::text`,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        sql`${lastUsedAt} > ${ago(lifetimes.JWT_REFRESH_EXPIRATION)}`,
        sql`${createdAt} > ${ago(lifetimes.SESSION_MAX_AGE)}`,
        after && sql`(${lastUsedAt}, ${id}) < (${place}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(lastUsedAt), desc(id))
    .limit(limit + 1);
}
