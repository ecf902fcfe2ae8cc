import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads, conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';
import { readChangedMember } from './changed-member.js';
import type { ConversationListReader } from './conversation-list.reader.js';

/** Adds a member, with everything read. */
export function memberAddedStatements(
  database: Database,
  list: ConversationListReader,
): ChangeStatements<'member_added'> {
  return {
    ofMembers: true,
    members: 1,
    async write(conversationId, { history, data: { id, role } }) {
      const newest = sql`(select ${conversationHeads.lastSeq} from ${conversationHeads} where ${eq(conversationHeads.id, conversationId)})`;
      await database.query((db) =>
        db.insert(conversationMembers).values({
          conversationId,
          userId: id,
          role,
          lastReadSeq: newest,
          ...(history === 'none' && { visibleFromSeq: sql`${newest} + 1` }),
          joinedAt: sql`clock_timestamp()`,
        }),
      );
    },
    async readResult(conversationId, { data: { id } }, actorId) {
      const changed = await readChangedMember(database, conversationId, id, actorId);
      const conversation = await list.findOne(id, conversationId);
      if (!conversation) throw new Error('The conversation of the new member is not there.');
      return { ...changed, conversation };
    },
  };
}
