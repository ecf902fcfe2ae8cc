import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers, conversations } from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';

/** Ends all memberships. The row stays, so that the id is never given out again; the janitor deletes the messages. */
export function conversationDeletedStatements(database: Database): ChangeStatements<'conversation_deleted'> {
  return {
    ofMembers: true,
    members: 'none left',
    async write(conversationId) {
      await database.query((db) =>
        db
          .update(conversations)
          .set({ deletedAt: sql`clock_timestamp()` })
          .where(eq(conversations.id, conversationId)),
      );
      await database.query((db) =>
        db.delete(conversationMembers).where(eq(conversationMembers.conversationId, conversationId)),
      );
    },
    readResult: async () => null,
  };
}
