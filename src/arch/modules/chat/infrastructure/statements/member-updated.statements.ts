import { sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';
import { findMembers } from './find-members.js';
import { memberOf } from './membership-key.js';

/** Gives a member another role. The index of owners allows one at a time: demote before you promote. */
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
    },
    async readResult(conversationId, { data: { id } }) {
      const [member] = await findMembers(database, conversationId, id);
      if (!member) throw new Error('The member is not there.');
      return { member };
    },
  };
}
