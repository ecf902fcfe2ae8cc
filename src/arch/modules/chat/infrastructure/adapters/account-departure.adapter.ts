import { Injectable } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import type { AccountDeparturePort } from '../../../../common/application/ports/account-departure.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { LEAVE_CONVERSATION } from '../statements/leave-conversation.statement.js';

@Injectable()
export class AccountDepartureAdapter implements AccountDeparturePort {
  constructor(
    private readonly database: Database,
    private readonly writer: ConversationWriter,
  ) {}

  /** One transaction for each conversation: whoever is interrupted has left some, and goes on with the others. */
  async leaveAllConversations(userId: string): Promise<void> {
    const mine = await this.database.query((db) =>
      db
        .select({ id: conversationMembers.conversationId })
        .from(conversationMembers)
        .where(eq(conversationMembers.userId, userId))
        .orderBy(asc(conversationMembers.conversationId)),
    );
    for (const { id } of mine) {
      await this.writer.write(id, (client) =>
        client.query({ name: 'leave_conversation', text: LEAVE_CONVERSATION, values: [id, userId] }),
      );
    }
  }
}
