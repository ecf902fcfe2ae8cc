import { and, between, eq, exists, gt, lte, notExists, or, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationChanges as changes,
  conversations,
} from '../../../../common/infrastructure/database/schema.js';
import { UNLOGGED } from './change-log.js';
import { asked, askedRows } from './asked-changes.js';
import { isVisible } from './logged-events.statement.js';

/** A row that stands for changes without one, or one that is hidden from the reader. */
const unshownRow = (db: Session) =>
  db
    .select({ rev: changes.rev })
    .from(changes)
    .where(
      and(
        eq(changes.conversationId, asked.id),
        between(changes.rev, sql`${asked.since} + 1`, asked.upTo),
        sql`(${eq(changes.kind, UNLOGGED)} or not (${isVisible(db)}))`,
      ),
    );

/** The row of the last change of members. */
const lastRow = (db: Session) =>
  db
    .select({ rev: changes.rev })
    .from(changes)
    .where(and(eq(changes.conversationId, conversations.id), eq(changes.rev, conversations.membersRev)));

/** LIMIT keeps this a look-up for each: as a join it may read all conversations. Named as the table that it is of. */
const conversationOf = (db: Session) =>
  db.select().from(conversations).where(eq(conversations.id, asked.id)).limit(1).as('conversations');

/** Those of the conversations of which some changes of members after `since` and up to `upTo` cannot be shown as events. */
export const selectUnshown = (db: Session) =>
  db
    .select({ id: conversations.id })
    .from(askedRows)
    .crossJoinLateral(conversationOf(db))
    .where(
      or(
        exists(unshownRow(db)),
        and(
          gt(conversations.membersRev, asked.since),
          lte(conversations.membersRev, asked.upTo),
          notExists(lastRow(db)),
        ),
      ),
    )
    .prepare('members_unshown');
