import { and, asc, isNull, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import type { ProfileCursor } from './profile-cursor.js';

/** The order of the index: byte by byte, which is also the order of code points. */
const name = sql`${users.searchName} collate "C"`;

/**
 * Selects one row more than `limit`. A prefix is a range, so no character of it is a wildcard.
 * @param prefix folded
 */
export function selectProfiles(db: Session, prefix: string, limit: number, after?: ProfileCursor) {
  return db
    .select({
      searchName: users.searchName,
      profile: {
        id: users.id,
        displayName: users.displayName,
        bio: users.bio,
        avatarUrl: users.avatarUrl,
        createdAt: users.createdAt,
      },
    })
    .from(users)
    .where(
      and(
        isNull(users.deletedAt),
        sql`${name} >= ${prefix}::text`,
        // U+10FFFF is the last code point and no character.
        sql`${name} < ${prefix}::text || U&'\\+10FFFF'`,
        after && sql`(${name}, ${users.id}) > (${after.searchName}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(name), asc(users.id))
    .limit(limit + 1);
}
