import { and, eq, sql } from 'drizzle-orm';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads, conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type { LockedConversation } from '../../domain/models/conversation-change.model.js';
import { conversationColumns } from './chat.columns.js';
import { holdAccounts } from './held-accounts.js';

/** A row for each of the users that is a member; at least one row. */
const selectRoles = (db: Session) =>
  db
    .select({
      conversation: conversationColumns,
      userId: conversationMembers.userId,
      role: conversationMembers.role,
      isBlocked: sql<boolean>`${conversationHeads.type} = 'direct' and exists (
        select from user_blocks where (blocker_id, blocked_id) in (
          (${conversationHeads.directLow}, ${conversationHeads.directHigh}),
          (${conversationHeads.directHigh}, ${conversationHeads.directLow})
        )
      )`.as('is_blocked'),
    })
    .from(conversationHeads)
    .leftJoin(
      conversationMembers,
      and(
        eq(conversationMembers.conversationId, conversationHeads.id),
        sql`${conversationMembers.userId} = any (${sql.placeholder('userIds')}::uuid[])`,
      ),
    )
    .where(eq(conversationHeads.id, sql.placeholder('conversationId')))
    .prepare('locked_conversation');

/**
 * The state that a change is decided on. Read it behind the conversation's lock, in a snapshot taken after the lock.
 */
export class LockedConversationReader {
  private readonly roles;

  constructor(private readonly database: Database) {
    this.roles = database.prepare(selectRoles);
  }

  async read(
    conversationId: string,
    actorId: string,
    subjectIds: readonly string[],
  ): Promise<LockedConversation> {
    const accounts = await holdAccounts(this.database, subjectIds);
    const rows = await this.roles({ conversationId, userIds: [actorId, ...subjectIds] });
    const [first] = rows;
    if (!first) throw new Error('The locked conversation is not there.');
    const roles = new Map(rows.map(({ userId, role }) => [userId, role]));
    return {
      conversation: first.conversation,
      actorRole: roles.get(actorId) ?? null,
      subjects: new Map(accounts.map((id) => [id, roles.get(id) ?? null])),
      isBlocked: first.isBlocked,
    };
  }
}
