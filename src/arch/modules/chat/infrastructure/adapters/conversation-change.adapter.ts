import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { ConversationChangePort } from '../../application/ports/conversation-change.port.js';
import { publishChanges } from '../live/publish-changes.js';
import type {
  ConversationChange,
  LockedConversation,
  StoredChange,
} from '../../domain/models/conversation-change.model.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { LockedConversationReader } from '../statements/locked-conversation.reader.js';
import { ChangeStore } from '../writing/change-store.js';
import { ConversationWriter } from '../writing/conversation-writer.js';

@Injectable()
export class ConversationChangeAdapter implements ConversationChangePort {
  private readonly locked;
  private readonly store;

  constructor(
    database: Database,
    list: ConversationListReader,
    private readonly writer: ConversationWriter,
    private readonly live: ChatPublisherPort,
  ) {
    this.locked = new LockedConversationReader(database);
    this.store = new ChangeStore(database, list);
  }

  async change<Change extends ConversationChange>(
    conversationId: string,
    actorId: string,
    decide: (found: LockedConversation) => readonly Change[] | Promise<readonly Change[]>,
    subjectIds: readonly string[] = [],
  ): Promise<readonly StoredChange<Change['kind']>[]> {
    let evicted: Promise<void> | undefined;
    const { changes } = await this.writer.write(conversationId, {
      accountIds: subjectIds,
      work: async () => {
        const found = await this.locked.read(conversationId, actorId, subjectIds);
        return this.store.storeAll(conversationId, actorId, await decide(found));
      },
      isStored: (stored) => this.store.isStored(stored),
      publish: (stored) => {
        evicted = publishChanges(stored.changes, this.live);
      },
    });
    await evicted;
    return changes;
  }
}
