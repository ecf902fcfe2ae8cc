import { and, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  conversationMembers as members,
  messages,
  threadPositions as positions,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { readMessageColumns, senderColumns } from './chat.columns.js';
import { parentOf, threadColumns } from './thread.columns.js';

const found = sql.raw('found');
const userId = sql.placeholder('userId');
const before = sql`timestamptz 'epoch' + ${sql.placeholder('instant')}::float8 * interval '1 microsecond'`;
const rest = sql`${sql.placeholder('limit')}, ${before}, ${sql.placeholder('id')}`;

/** One row each, as LIMIT keeps these look-ups: as joins they could read whole tables. */
const foundThread = (db: Session) =>
  db
    .select({ ...threadColumns, parentId: sql<string>`${heads.parentId}`.as('parent_id') })
    .from(heads)
    .crossJoinLateral(parentOf(db))
    .where(eq(heads.id, sql`${found}.id`))
    .limit(1)
    .as('thread');

const foundMember = (db: Session, parentId: unknown) =>
  db
    .select({ visibleFromSeq: members.visibleFromSeq })
    .from(members)
    .where(and(eq(members.conversationId, sql`${parentId}`), eq(members.userId, userId)))
    .limit(1)
    .as('member');

const foundRoot = (db: Session, parentId: unknown, rootSeq: unknown, visibleFrom: SQL) =>
  db
    .select(readMessageColumns(visibleFrom, sql`${userId}::uuid`))
    .from(messages)
    .where(and(eq(messages.conversationId, sql`${parentId}`), gte(messages.seq, sql`${rootSeq}`)))
    .orderBy(messages.seq)
    .limit(1)
    .as('root');

const foundPosition = (db: Session, lastSeq: unknown) =>
  db
    .select({
      ownReadSeq: positions.ownReadSeq,
      mentionCount: sql<number>`case when ${lastSeq} > ${positions.ownReadSeq}
        then mention_count(${positions.threadId}, ${positions.userId}, ${positions.ownReadSeq}) else 0 end`.as(
        'mention_count',
      ),
    })
    .from(positions)
    .where(and(eq(positions.threadId, sql`${found}.id`), eq(positions.userId, userId)))
    .limit(1)
    .as('position');

const selectThreads = (db: Session, ids: SQL) => {
  const thread = foundThread(db);
  const member = foundMember(db, thread.parentId);
  const root = foundRoot(db, thread.parentId, thread.rootSeq, sql`${member.visibleFromSeq}`);
  const position = foundPosition(db, thread.lastSeq);
  return db
    .select({
      instant: sql<string>`(extract(epoch from ${found}.activity) * 1000000)::bigint::text`,
      thread: thread._.selectedFields,
      root: root._.selectedFields,
      sender: senderColumns,
      position: position._.selectedFields,
    })
    .from(sql`${ids} as found`)
    .crossJoinLateral(thread)
    .crossJoinLateral(member)
    .crossJoinLateral(root)
    .innerJoin(userProfiles, eq(userProfiles.id, root.senderId))
    .leftJoinLateral(position, sql`true`)
    .orderBy(desc(sql`${found}.activity`), desc(sql`${found}.id`));
};

/** A page of the threads that a user follows, with the function of migration 0021. */
export const selectFollowedThreads = (db: Session) =>
  selectThreads(db, sql`followed_threads(${userId}, ${rest}, ${sql.placeholder('isUnread')})`).prepare(
    'followed_threads',
  );

/** A page of a conversation's threads, with the function of migration 0021. */
export const selectThreadsOfConversation = (db: Session) =>
  selectThreads(
    db,
    sql`threads_of_conversation(${sql.placeholder('conversationId')}, ${rest}, ${sql.placeholder('visibleFrom')})`,
  ).prepare('threads_of_conversation');

export type ThreadRow = Awaited<ReturnType<ReturnType<typeof selectFollowedThreads>['execute']>>[number];
