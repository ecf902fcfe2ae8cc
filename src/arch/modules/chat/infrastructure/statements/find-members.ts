import { and, asc, eq, inArray } from 'drizzle-orm';
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

/** The same of several conversations, by their ids. */
export async function findMembersOf(
  database: Database,
  conversationIds: readonly string[],
  readerId: string,
): Promise<ReadonlyMap<string, ConversationMember[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await database.query((db) =>
    db
      .select({ conversationId: memberPositions.conversationId, member: memberColumns(readerId) })
      .from(memberPositions)
      .innerJoin(userProfiles, eq(userProfiles.id, memberPositions.userId))
      .where(inArray(memberPositions.conversationId, [...conversationIds]))
      .orderBy(asc(memberPositions.joinedAt), asc(memberPositions.userId)),
  );
  const found = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return new Map([...found].map(([id, ofOne]) => [id, ofOne.map(({ member }) => member)]));
}
