import { eq } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads, conversations } from '../../../../common/infrastructure/database/schema.js';
import type { ChangeStatements } from './change-statements.js';
import { conversationColumns } from './chat.columns.js';

/** Changes a conversation's settings. */
export function conversationUpdatedStatements(database: Database): ChangeStatements<'conversation_updated'> {
  return {
    ofMembers: false,
    members: 0,
    async write(conversationId, { data: { title, metadata, posting, adding, slowModeSeconds } }) {
      await database.query((db) =>
        db
          .update(conversations)
          .set({ title, metadata, posting, adding, slowModeSeconds })
          .where(eq(conversations.id, conversationId)),
      );
    },
    async readResult(conversationId) {
      const [conversation] = await database.query((db) =>
        db
          .select(conversationColumns)
          .from(conversationHeads)
          .where(eq(conversationHeads.id, conversationId)),
      );
      if (!conversation) throw new Error('The locked conversation is not there.');
      return { conversation };
    },
  };
}
