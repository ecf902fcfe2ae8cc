import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { memberPositions, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import { memberColumns } from './chat.columns.js';

/**
 * The members of a conversation, or only one of them, in the order of joining.
 * @param readerId who is shown them; null for everybody else
 */
export function findMembers(
  database: Database,
  conversationId: string,
  readerId: string | null,
  userId?: string,
): Promise<ConversationMember[]> {
  const which = and(
    eq(memberPositions.conversationId, conversationId),
    userId === undefined ? undefined : eq(memberPositions.userId, userId),
  );
  return database.query((db) =>
    db
      .select(memberColumns(readerId))
      .from(memberPositions)
      .innerJoin(userProfiles, eq(userProfiles.id, memberPositions.userId))
      .where(which)
      .orderBy(asc(memberPositions.joinedAt), asc(memberPositions.userId)),
  );
}
