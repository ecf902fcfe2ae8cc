import { getTableColumns, getViewSelectedFields } from 'drizzle-orm';
import {
  conversationHeads,
  memberPositions,
  messages,
  users,
} from '../../../../common/infrastructure/database/schema.js';

const { membersRev: _, activeMinute: ___, ...conversation } = getViewSelectedFields(conversationHeads);
const { contentSha256: __, ...message } = getTableColumns(messages);

/** The columns of each model, for the statements of all three adapters. */
export const conversationColumns = conversation;
export const messageColumns = message;
export const senderColumns = { id: users.id, displayName: users.displayName, avatarUrl: users.avatarUrl };
export const memberColumns = {
  userId: memberPositions.userId,
  displayName: users.displayName,
  avatarUrl: users.avatarUrl,
  role: memberPositions.role,
  joinedAt: memberPositions.joinedAt,
  lastReadSeq: memberPositions.lastReadSeq,
};
