import { sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { memberPositions } from '../../../../common/infrastructure/database/schema.js';
import { resultColumn as of } from './result-column.js';

const args = [sql.placeholder('conversationId'), sql.placeholder('userId'), sql.placeholder('seq')];

/** Moves one read position forward, with the function of migration 0019; no row when the user is not a member. */
export const selectMarkedRead = (db: Session) =>
  db
    .select({
      lastSeq: sql`last_seq`.mapWith(Number),
      lastReadSeq: of(memberPositions.lastReadSeq),
      showsReading: sql<boolean>`shows_reading`,
      moved: sql<boolean>`moved`,
      changed: sql<boolean>`changed`,
      me: {
        role: of(memberPositions.role),
        joinedAt: of(memberPositions.joinedAt),
        ownReadSeq: of(memberPositions.ownReadSeq),
        visibleFromSeq: of(memberPositions.visibleFromSeq),
        notify: of(memberPositions.notify),
        mutedUntil: of(memberPositions.mutedUntil),
        pinnedAt: of(memberPositions.pinnedAt),
        archivedAt: of(memberPositions.archivedAt),
        version: of(memberPositions.version),
        mentionCount: sql<number>`mention_count`,
      },
    })
    .from(sql`mark_read_3(${sql.join(args, sql`, `)})`)
    .prepare('mark_read_3');
