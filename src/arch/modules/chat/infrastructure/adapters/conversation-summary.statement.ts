import { and, eq, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationMembers as members,
  conversations,
  messages,
  users,
} from '../../../../common/infrastructure/database/schema.js';
import { conversationColumns, messageColumns, senderColumns } from './chat.columns.js';

/** One conversation as the list of a member shows it; no row when the user is not a member. */
export const selectSummary = (db: Session) =>
  db
    .select({
      conversation: conversationColumns,
      me: { role: members.role, joinedAt: members.joinedAt, lastReadSeq: members.lastReadSeq },
      message: messageColumns,
      sender: senderColumns,
    })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .leftJoin(
      messages,
      and(eq(messages.conversationId, conversations.id), eq(messages.seq, conversations.lastSeq)),
    )
    .leftJoin(users, eq(users.id, messages.senderId))
    .where(
      and(
        eq(members.userId, sql.placeholder('userId')),
        eq(members.conversationId, sql.placeholder('conversationId')),
      ),
    )
    .prepare('conversation_summary');
