import { and, between, eq, exists, gt, lte, notExists, or, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationChanges as changes,
  conversations,
} from '../../../../common/infrastructure/database/schema.js';
import { UNLOGGED } from './change-log.js';
import { isVisible } from './logged-events.statement.js';

/** A row that stands for changes without one, or one that is hidden from the reader. */
const unshownRow = (db: Session) =>
  db
    .select({ rev: changes.rev })
    .from(changes)
    .where(
      and(
        eq(changes.conversationId, sql.placeholder('conversationId')),
        between(changes.rev, sql`${sql.placeholder('since')}::bigint + 1`, sql.placeholder('upTo')),
        sql`(${eq(changes.kind, UNLOGGED)} or not (${isVisible(db)}))`,
      ),
    );

/** The row of the last change of members. */
const lastRow = (db: Session) =>
  db
    .select({ rev: changes.rev })
    .from(changes)
    .where(and(eq(changes.conversationId, conversations.id), eq(changes.rev, conversations.membersRev)));

/** A row, if some changes of members after `since` and up to `upTo` cannot be shown as events; otherwise none. */
export const selectUnshown = (db: Session) =>
  db
    .select({ membersRev: conversations.membersRev })
    .from(conversations)
    .where(
      and(
        eq(conversations.id, sql.placeholder('conversationId')),
        or(
          exists(unshownRow(db)),
          and(
            gt(conversations.membersRev, sql.placeholder('since')),
            lte(conversations.membersRev, sql.placeholder('upTo')),
            notExists(lastRow(db)),
          ),
        ),
      ),
    )
    .prepare('members_unshown');
