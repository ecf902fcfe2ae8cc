import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { conversations } from '../../../../common/infrastructure/database/schema.js';
import type {
  ConversationRepositoryPort,
  NewConversation,
} from '../../application/ports/conversation-repository.port.js';
import type { Conversation } from '../../domain/models/conversation.model.js';
import { conversationColumns } from './chat.columns.js';

const selectById = (db: Session) =>
  db
    .select(conversationColumns)
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder('id')))
    .prepare('conversation_by_id');

@Injectable()
export class ConversationRepositoryAdapter implements ConversationRepositoryPort {
  private readonly byId;

  constructor(private readonly database: Database) {
    this.byId = database.prepare(selectById);
  }

  async create(conversation: NewConversation): Promise<Conversation> {
    const [created] = await this.database.query((db) =>
      db
        .insert(conversations)
        .values({ id: randomUUIDv7(), ...conversation })
        .returning(conversationColumns),
    );
    return created as Conversation;
  }

  async findById(id: string): Promise<Conversation | null> {
    const [found] = await this.byId({ id });
    return found ?? null;
  }
}
