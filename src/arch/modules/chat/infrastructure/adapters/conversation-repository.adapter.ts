import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, isNull, sql } from 'drizzle-orm';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads, conversations } from '../../../../common/infrastructure/database/schema.js';
import type {
  ConversationRepositoryPort,
  NewConversation,
} from '../../application/ports/conversation-repository.port.js';
import type { Conversation } from '../../domain/models/conversation.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { conversationColumns } from '../statements/chat.columns.js';
import { requireFreeAccount } from '../statements/free-account.js';
import { selectThreads } from '../statements/threads-by-id.statement.js';
import { toThread } from '../statements/to-thread.js';

const selectByIds = (db: Session) =>
  db
    .select(conversationColumns)
    .from(conversationHeads)
    .where(
      and(
        sql`${conversationHeads.id} = any (${sql.placeholder('ids')}::uuid[])`,
        isNull(conversationHeads.deletedAt),
      ),
    )
    .prepare('conversations_by_id');

@Injectable()
export class ConversationRepositoryAdapter implements ConversationRepositoryPort {
  private readonly byId: BatchedLookup<Conversation | null>;
  private readonly threadById: BatchedLookup<Conversation | null>;
  private readonly existence: BatchedLookup<boolean>;

  constructor(private readonly database: Database) {
    const byIds = database.prepare(selectByIds, 'messages');
    const threadsByIds = database.prepare(selectThreads, 'messages');
    const find = async (ids: readonly string[]) => {
      const found = new Map((await byIds({ ids })).map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    };
    this.byId = new BatchedLookup(database, find);
    this.threadById = new BatchedLookup(database, async (ids) => {
      const found = new Map((await threadsByIds({ ids })).map((row) => [row.id, toThread(row)]));
      return ids.map((id) => found.get(id) ?? null);
    });
    this.existence = new BatchedLookup(
      database,
      async (ids) => (await find(ids)).map((found) => found !== null),
      (exists) => exists,
    );
  }

  exists(id: string): Promise<boolean> {
    return this.existence.findValue(id);
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
    return (isThreadId(id) ? this.threadById : this.byId).findValue(id);
  }

  isStored({ id, createdBy }: Conversation): Promise<boolean> {
    return this.database.runInTransaction(async () => {
      // The creation locks the creator's account until it ends: `addFirstMembers`.
      await requireFreeAccount(this.database, createdBy);
      return (await this.findById(id)) !== null;
    });
  }
}
