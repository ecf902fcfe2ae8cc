import { and, desc, eq, gte, lte, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  conversationMembers as members,
  messages,
  threadPositions as followers,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { messageColumns, SEES_ALL, senderColumns } from './chat.columns.js';
import { parentOf, parents, threadColumns } from './thread.columns.js';

const lastMessage = (db: Session) =>
  db
    .select(messageColumns(SEES_ALL))
    .from(messages)
    .where(and(eq(messages.conversationId, heads.id), gte(messages.seq, 1)))
    .orderBy(desc(messages.seq))
    .limit(1)
    .as('last_message');

/** Who does not follow the thread has no unread messages in it. */
const readSeq = sql`coalesce(${followers.ownReadSeq}, ${heads.lastSeq})`;

/** What a thread is to a member of its parent. */
const ownColumns = {
  role: members.role,
  joinedAt: members.joinedAt,
  ownReadSeq: readSeq.mapWith(Number).as('own_read_seq'),
  notify: members.notify,
  mutedUntil: members.mutedUntil,
  version: sql`coalesce(${followers.version}, 0)`.mapWith(Number).as('own_version'),
  mentionCount: sql<number>`case when ${heads.lastSeq} > ${readSeq}
    then mention_count(${heads.id}, ${members.userId}, ${readSeq}) else 0 end`.as('mention_count'),
};

/** As `parentOf`, named as the view that it is of. */
const headOf = (db: Session) =>
  db
    .select()
    .from(heads)
    .where(eq(heads.id, sql`asked.id`))
    .limit(1)
    .as('conversation_heads');

/** Like `conversation_summary`, for threads; no row of one for who is no member of the parent, or does not see the root. */
export const selectThreadSummary = (db: Session) => {
  const last = lastMessage(db);
  return db
    .select({
      conversation: threadColumns,
      me: ownColumns,
      message: last._.selectedFields,
      sender: senderColumns,
    })
    .from(sql`unnest(${sql.placeholder('ids')}::uuid[]) as asked (id)`)
    .crossJoinLateral(headOf(db))
    .crossJoinLateral(parentOf(db))
    .innerJoin(
      members,
      and(
        eq(members.conversationId, parents.id),
        eq(members.userId, sql.placeholder('userId')),
        lte(members.visibleFromSeq, heads.rootSeq),
      ),
    )
    .leftJoin(
      followers,
      and(eq(followers.threadId, heads.id), eq(followers.userId, sql.placeholder('userId'))),
    )
    .leftJoinLateral(last, sql`true`)
    .leftJoin(userProfiles, eq(userProfiles.id, last.senderId))
    .prepare('thread_summary');
};
