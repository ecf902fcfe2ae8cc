import { and, eq } from 'drizzle-orm';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';

/** The condition for one row of `conversation_members`. */
export const memberOf = (conversationId: string, userId: string) =>
  and(eq(conversationMembers.conversationId, conversationId), eq(conversationMembers.userId, userId));
