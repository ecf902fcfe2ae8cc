import { aliasedTable, and, desc, eq, gte, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  memberPositions as members,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { conversationColumns, messageColumns, ownColumns, senderColumns } from './chat.columns.js';

const others = aliasedTable(userProfiles, 'others');

/**
 * `seq = last_seq` could use any index that begins with the conversation, and read all of it; only one index has this
 * order.
 */
const lastMessage = (db: Session) =>
  db
    .select(messageColumns(sql`${members.visibleFromSeq}`))
    .from(messages)
    .where(and(eq(messages.conversationId, heads.id), gte(messages.seq, members.visibleFromSeq)))
    .orderBy(desc(messages.seq))
    .limit(1)
    .as('last_message');

/** Of a direct conversation the other member; oneself in notes to oneself. */
const otherMember = sql`case ${heads.directLow} when ${members.userId} then ${heads.directHigh} else ${heads.directLow} end`;

/** LIMIT keeps this a look-up for each id: as a join it may read all memberships of the user. Named as the view that it is of. */
const membershipIn = (db: Session) =>
  db
    .select()
    .from(members)
    .where(and(eq(members.userId, sql.placeholder('userId')), eq(members.conversationId, sql`asked.id`)))
    .limit(1)
    .as('member_positions');

/** Conversations as in the list of a member; no row for those of which the user is not a member. */
export const selectSummary = (db: Session) => {
  const last = lastMessage(db);
  return db
    .select({
      conversation: conversationColumns,
      me: ownColumns,
      message: last._.selectedFields,
      sender: senderColumns,
      other: { id: others.id, displayName: others.displayName, avatarUrl: others.avatarUrl },
    })
    .from(sql`unnest(${sql.placeholder('ids')}::uuid[]) as asked (id)`)
    .crossJoinLateral(membershipIn(db))
    .innerJoin(heads, eq(heads.id, members.conversationId))
    .leftJoinLateral(last, sql`true`)
    .leftJoin(userProfiles, eq(userProfiles.id, last.senderId))
    .leftJoin(others, eq(others.id, otherMember))
    .prepare('conversation_summary');
};
