import { sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';
import { memberOf } from './membership-key.js';

/** Removes a member, and makes an heir the owner when there is one. */
export function memberRemovedStatements(database: Database): ChangeStatements<'member_removed'> {
  return {
    ofMembers: true,
    members: -1,
    async write(conversationId, { subjectId, data: { heirId } }) {
      await database.query((db) => db.delete(conversationMembers).where(memberOf(conversationId, subjectId)));
      if (heirId === undefined) return;
      await database.query((db) =>
        db
          .update(conversationMembers)
          .set({ role: 'owner', version: sql`${conversationMembers.version} + 1` })
          .where(memberOf(conversationId, heirId)),
      );
    },
    readResult: async () => null,
  };
}
