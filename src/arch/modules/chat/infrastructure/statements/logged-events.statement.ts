import { and, asc, between, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationChanges as changes,
  conversationMembers,
  memberPositions,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { asked, askedRows } from './asked-changes.js';
import { senderColumns, showsReading, shownReadSeq } from './chat.columns.js';
import { SHOWN_KINDS } from './to-timeline-event.js';

/**
 * The time since which the reader sees events: a member who does not see the whole history, those since joining. No row
 * for a user who is not a member.
 */
const visibleSince = (db: Session) =>
  db
    .select({
      since: sql`case when ${conversationMembers.visibleFromSeq} = 1 then '-infinity' else ${conversationMembers.joinedAt} end`,
    })
    .from(conversationMembers)
    .where(
      and(
        eq(conversationMembers.conversationId, asked.id),
        eq(conversationMembers.userId, sql.placeholder('userId')),
      ),
    );
export const isVisible = (db: Session): SQL => sql`${changes.createdAt} >= ${visibleSince(db)}`;

/** The rows that the reader sees, without the users. */
function visibleRows(db: Session, place: SQL | undefined, direction: 'asc' | 'desc') {
  const order = direction === 'asc' ? [asc(changes.rev)] : [desc(changes.afterSeq), desc(changes.rev)];
  return db
    .select({
      conversationId: changes.conversationId,
      rev: changes.rev,
      kind: changes.kind,
      actorId: changes.actorId,
      subjectId: changes.subjectId,
      afterSeq: changes.afterSeq,
      createdAt: changes.createdAt,
      data: changes.data,
    })
    .from(changes)
    .where(
      and(eq(changes.conversationId, asked.id), place, inArray(changes.kind, SHOWN_KINDS), isVisible(db)),
    )
    .orderBy(...order)
    .limit(sql.placeholder('limit'))
    .as('visible');
}

/**
 * With the users whom they are about. All are read: 501 rows of 8 KiB are the most that a page reads. LIMIT keeps the
 * users look-ups for each row: as joins they could read all members first.
 */
function events(db: Session, from: SQL, place: SQL | undefined, direction: 'asc' | 'desc') {
  const visible = visibleRows(db, place, direction);
  const { conversationId, ...event } = visible._.selectedFields;
  const user = db
    .select({ ...senderColumns, readReceipts: userProfiles.readReceipts })
    .from(userProfiles)
    .where(eq(userProfiles.id, visible.subjectId))
    .limit(1)
    .as('subject');
  const areOn = sql`${user.readReceipts}`;
  const lastReadSeq = shownReadSeq(sql.placeholder('userId'), areOn);
  const member = db
    .select({ joinedAt: memberPositions.joinedAt, lastReadSeq: lastReadSeq.as('shown_read_seq') })
    .from(memberPositions)
    .where(and(eq(memberPositions.conversationId, asked.id), eq(memberPositions.userId, visible.subjectId)))
    .limit(1)
    .as('membership');
  return db
    .select({
      conversationId,
      event,
      user: { id: user.id, displayName: user.displayName, avatarUrl: user.avatarUrl },
      member: member._.selectedFields,
      showsReading: showsReading(sql.placeholder('userId'), areOn),
    })
    .from(from)
    .crossJoinLateral(visible)
    .leftJoinLateral(user, sql`true`)
    .leftJoinLateral(member, sql`true`)
    .orderBy(direction === 'asc' ? asc(visible.rev) : desc(visible.rev));
}

/** After a `rev` of each conversation, in its order; `limit` is for each. */
export const selectEventsAfter = (db: Session) =>
  events(db, askedRows, and(gt(changes.rev, asked.since), lte(changes.rev, asked.upTo)), 'asc').prepare(
    'events_after',
  );

const oneConversation = sql`(select ${sql.placeholder('conversationId')}::uuid as id) asked`;

/** Beside messages, newest first. `after_seq` never falls along `rev`. */
export const selectEventsBeside = (db: Session) =>
  events(
    db,
    oneConversation,
    between(changes.afterSeq, sql.placeholder('from'), sql.placeholder('to')),
    'desc',
  ).prepare('events_beside');
