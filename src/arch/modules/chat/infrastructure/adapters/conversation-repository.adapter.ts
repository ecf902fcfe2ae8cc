import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { conversations } from '../../../../common/infrastructure/database/schema.js';
import type {
  ConversationRepositoryPort,
  NewConversation,
} from '../../application/ports/conversation-repository.port.js';
import type { Conversation } from '../../domain/models/conversation.model.js';
import { conversationColumns } from './chat.columns.js';

const selectByIds = (db: Session) =>
  db
    .select(conversationColumns)
    .from(conversations)
    .where(sql`${conversations.id} = any (${sql.placeholder('ids')}::uuid[])`)
    .prepare('conversations_by_id');

/** Conversations remembered to exist: about 10 MiB. */
const MAX_KNOWN = 65_536;

@Injectable()
export class ConversationRepositoryAdapter implements ConversationRepositoryPort {
  private readonly byId: BatchedLookup<string, Conversation | null>;
  private readonly existence: BatchedLookup<string, boolean>;
  private readonly known = new LRUCache<string, true>({ max: MAX_KNOWN });

  constructor(private readonly database: Database) {
    const byIds = database.prepare(selectByIds);
    this.byId = new BatchedLookup(database, async (ids) => {
      const found = new Map((await byIds({ ids: [...new Set(ids)] })).map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
    // Those remembered wait with the others for their turn: senders keep their order.
    this.existence = new BatchedLookup(database, async (ids) => {
      const unknown = ids.filter((id) => !this.known.has(id));
      const found = new Set(unknown.length > 0 ? (await byIds({ ids: unknown })).map(({ id }) => id) : []);
      if (!database.inTransaction) for (const id of found) this.known.set(id, true);
      return ids.map((id) => found.has(id) || this.known.has(id));
    });
  }

  exists(id: string): Promise<boolean> {
    return this.existence.get(id);
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

  findById(id: string): Promise<Conversation | null> {
    return this.byId.get(id);
  }
}
