import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads,
  conversationMembers,
  conversations,
} from '../../../../common/infrastructure/database/schema.js';
import type {
  DirectConversationRepositoryPort,
  OpenedDirectConversation,
} from '../../application/ports/direct-conversation-repository.port.js';
import type { Conversation } from '../../domain/models/conversation.model.js';
import { conversationColumns } from '../statements/chat.columns.js';
import { directPair } from '../statements/direct-pair.js';
import { holdAccounts } from '../statements/held-accounts.js';

@Injectable()
export class DirectConversationRepositoryAdapter implements DirectConversationRepositoryPort {
  constructor(private readonly database: Database) {}

  async findOfPair(userId: string, otherId: string): Promise<Conversation | null> {
    const { directLow, directHigh } = directPair(userId, otherId);
    const [found] = await this.database.query((db) =>
      db
        .select(conversationColumns)
        .from(conversationHeads)
        .where(
          and(
            eq(conversationHeads.type, 'direct'),
            eq(conversationHeads.directLow, directLow),
            eq(conversationHeads.directHigh, directHigh),
          ),
        ),
    );
    return found ?? null;
  }

  async open(openerId: string, otherId: string): Promise<OpenedDirectConversation> {
    const userIds = [...new Set([openerId, otherId])];
    const held = await holdAccounts(this.database, userIds);
    if (held.length < userIds.length) throw new UserNotFoundError();
    const created = await this.insert(openerId, otherId, userIds.length);
    if (created) {
      await this.addMembers(created.id, userIds);
      return { conversation: created, isNew: true };
    }
    const conversation = await this.findOfPair(openerId, otherId);
    if (!conversation) throw new Error('A direct conversation is neither there nor created.');
    return { conversation, isNew: false };
  }

  /** Returns nothing when there is one; the statement waits for a transaction that is inserting it. */
  private async insert(
    createdBy: string,
    otherId: string,
    memberCount: number,
  ): Promise<Conversation | undefined> {
    const { directLow, directHigh, type } = conversations;
    const [created] = await this.database.query((db) =>
      db
        .insert(conversations)
        .values({
          id: randomUUIDv7(),
          type: 'direct',
          createdBy,
          memberCount,
          ...directPair(createdBy, otherId),
        })
        .onConflictDoNothing({ target: [directLow, directHigh], where: eq(type, 'direct') })
        .returning(conversationColumns),
    );
    return created;
  }

  /** Nobody is the owner. */
  private async addMembers(conversationId: string, userIds: readonly string[]): Promise<void> {
    const rows = userIds.map((userId) => ({ conversationId, userId, role: 'member' as const }));
    await this.database.query((db) => db.insert(conversationMembers).values(rows));
  }
}
