import { sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { memberPositions, threadPositions } from '../../../../common/infrastructure/database/schema.js';
import { resultColumn as of } from './result-column.js';

const args = [sql.placeholder('threadId'), sql.placeholder('userId'), sql.placeholder('seq')];

/** Like `mark_read_3`, for a follower of a thread, with the function of migration 0021. */
export const selectMarkedThreadRead = (db: Session) =>
  db
    .select({
      lastSeq: sql`last_seq`.mapWith(Number),
      lastReadSeq: of(threadPositions.lastReadSeq),
      showsReading: sql<boolean>`shows_reading`,
      moved: sql<boolean>`moved`,
      changed: sql<boolean>`changed`,
      me: {
        role: of(memberPositions.role),
        joinedAt: of(memberPositions.joinedAt),
        ownReadSeq: of(threadPositions.ownReadSeq),
        notify: of(memberPositions.notify),
        mutedUntil: of(memberPositions.mutedUntil),
        version: of(threadPositions.version),
        mentionCount: sql<number>`mention_count`,
      },
    })
    .from(sql`mark_thread_read(${sql.join(args, sql`, `)})`)
    .prepare('mark_thread_read');
