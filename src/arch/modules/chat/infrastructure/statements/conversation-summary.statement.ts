import { and, desc, eq, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  memberPositions as members,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import { conversationColumns, messageColumns, senderColumns } from './chat.columns.js';

/**
 * `seq = last_seq` could use any index that begins with the conversation, and read all of it; only one index has this
 * order.
 */
const lastMessage = (db: Session) =>
  db
    .select(messageColumns)
    .from(messages)
    .where(eq(messages.conversationId, heads.id))
    .orderBy(desc(messages.seq))
    .limit(1)
    .as('last_message');

/** One conversation as in the list of a member; no row when the user is not a member. */
export const selectSummary = (db: Session) => {
  const last = lastMessage(db);
  return db
    .select({
      conversation: conversationColumns,
      me: { role: members.role, joinedAt: members.joinedAt, lastReadSeq: members.lastReadSeq },
      message: last._.selectedFields,
      sender: senderColumns,
    })
    .from(members)
    .innerJoin(heads, eq(heads.id, members.conversationId))
    .leftJoinLateral(last, sql`true`)
    .leftJoin(userProfiles, eq(userProfiles.id, last.senderId))
    .where(
      and(
        eq(members.userId, sql.placeholder('userId')),
        eq(members.conversationId, sql.placeholder('conversationId')),
      ),
    )
    .prepare('conversation_summary');
};
