import { sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';

const args = [sql.placeholder('conversationId'), sql.placeholder('userId'), sql.placeholder('seq')];

/** Moves one read position forward, with the function of migration 0011; no row when the user is not a member. */
export const selectMarkedRead = (db: Session) =>
  db
    .select({
      lastSeq: sql`last_seq`.mapWith(Number),
      lastReadSeq: sql`last_read_seq`.mapWith(Number),
      moved: sql<boolean>`moved`,
    })
    .from(sql`mark_read(${sql.join(args, sql`, `)})`)
    .prepare('mark_read');
