import { getTableColumns } from 'drizzle-orm';
import {
  conversationMembers,
  conversations,
  messages,
  users,
} from '../../../../common/infrastructure/database/schema.js';

const { membersRev: _, activeMinute: ___, ...conversation } = getTableColumns(conversations);
const { contentSha256: __, ...message } = getTableColumns(messages);

/** The columns of each model, for the statements of all three adapters. */
export const conversationColumns = conversation;
export const messageColumns = message;
export const senderColumns = { id: users.id, displayName: users.displayName, avatarUrl: users.avatarUrl };
export const memberColumns = {
  userId: conversationMembers.userId,
  displayName: users.displayName,
  avatarUrl: users.avatarUrl,
  role: conversationMembers.role,
  joinedAt: conversationMembers.joinedAt,
  lastReadSeq: conversationMembers.lastReadSeq,
};
