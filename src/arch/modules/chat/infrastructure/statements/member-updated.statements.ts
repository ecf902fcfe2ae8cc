import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import {
  conversationInvites,
  conversationMembers,
} from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';
import { readChangedMember } from './changed-member.js';
import { memberOf } from './membership-key.js';

/**
 * Gives a member another role; the invites of who is neither owner nor admin any more end. (Those of a former member end
 * with the row of the membership.) The index of owners allows one at a time: demote before you promote.
 */
export function memberUpdatedStatements(database: Database): ChangeStatements<'member_updated'> {
  return {
    ofMembers: true,
    members: 0,
    async write(conversationId, { data: { id, role } }) {
      await database.query((db) =>
        db
          .update(conversationMembers)
          .set({ role, version: sql`${conversationMembers.version} + 1` })
          .where(memberOf(conversationId, id)),
      );
      if (role !== 'member') return;
      const { conversationId: conversation, createdBy } = conversationInvites;
      await database.query((db) =>
        db.delete(conversationInvites).where(and(eq(conversation, conversationId), eq(createdBy, id))),
      );
    },
    readResult: (conversationId, { data: { id } }, actorId) =>
      readChangedMember(database, conversationId, id, actorId),
  };
}
