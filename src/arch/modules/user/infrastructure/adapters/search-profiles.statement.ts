import { and, asc, isNull, type SQL, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { users } from '../../../../common/infrastructure/database/schema.js';
import type { ProfileCursor } from './profile-cursor.js';

/** As the index has it: byte by byte, which is also the order of code points. */
const name = sql`${users.searchName} collate "C"`;

/** What `users.search_name` makes of a display name, made of a term. */
const normalised = (term: string): SQL =>
  sql`lower(regexp_replace(normalize(${term}::text, NFKD), '[\\u0300-\\u036f]', '', 'g'))`;

/** One row more than `limit`. A prefix is a range, so no character of the term is a wildcard. */
export function selectProfiles(db: Session, term: string, limit: number, after?: ProfileCursor) {
  const prefix = normalised(term);
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
        sql`${name} >= ${prefix}`,
        // U+10FFFF is the last code point and no character.
        sql`${name} < ${prefix} || U&'\\+10FFFF'`,
        after && sql`(${name}, ${users.id}) > (${after.searchName}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(name), asc(users.id))
    .limit(limit + 1);
}
