import { and, eq, lt, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers, conversations } from '../../../../common/infrastructure/database/schema.js';

const wanted = sql<number>`least(${sql.placeholder('seq')}::bigint, ${conversations.lastSeq})`;
const mine = and(
  eq(conversationMembers.conversationId, sql.placeholder('conversationId')),
  eq(conversationMembers.userId, sql.placeholder('userId')),
  eq(conversations.id, conversationMembers.conversationId),
);

/**
 * Moves one read position forward, never past the end, and answers it either way. Whoever waited for another
 * writer sees the position of before; but it lies at `wanted` then or beyond, so the answer is right all the same.
 */
export const selectMarkedRead = (db: Session) => {
  const moved = db.$with('moved').as(
    db
      .update(conversationMembers)
      .set({ lastReadSeq: wanted })
      .from(conversations)
      .where(and(mine, lt(conversationMembers.lastReadSeq, wanted)))
      .returning({ lastReadSeq: conversationMembers.lastReadSeq }),
  );
  return db
    .with(moved)
    .select({
      lastSeq: conversations.lastSeq,
      lastReadSeq: sql`greatest(${conversationMembers.lastReadSeq}, ${wanted})`.mapWith(Number),
      moved: sql<boolean>`exists (select from ${moved})`,
    })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(mine)
    .prepare('mark_read');
};
