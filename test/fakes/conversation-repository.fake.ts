import { randomUUIDv7 } from 'node:crypto';
import type {
  ConversationRepositoryPort,
  NewConversation,
} from '../../src/arch/modules/chat/application/ports/conversation-repository.port.js';
import type { Conversation } from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import { DEFAULT_SETTINGS } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import { toConversation } from './chat-models.js';
import { asThreadOf, type ChatState, type StoredConversation, toDate } from './chat-state.js';

export class ConversationRepositoryFake implements ConversationRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async create(conversation: NewConversation): Promise<Conversation> {
    const activity = this.state.now();
    const stored = {
      id: randomUUIDv7(),
      ...DEFAULT_SETTINGS,
      type: 'group' as const,
      ...conversation,
      isDeleted: false,
      createdAt: toDate(activity),
      activity,
      lastSeq: 0,
      rev: 0,
      membersRev: 0,
    };
    this.state.conversations.set(stored.id, stored);
    return toConversation(stored);
  }

  async findById(id: string): Promise<Conversation | null> {
    const found = this.state.conversations.get(id);
    return found && !found.isDeleted ? this.asStored(found) : null;
  }

  /** Of a thread, with what is its parent's. */
  private asStored(found: StoredConversation): Conversation | null {
    if (!found.parent) return toConversation(found);
    const parent = this.state.conversations.get(found.parent.conversationId);
    return parent && !parent.isDeleted ? toConversation(asThreadOf(found, parent)) : null;
  }

  async isStored({ id }: Conversation): Promise<boolean> {
    return this.exists(id);
  }

  async exists(id: string): Promise<boolean> {
    return (await this.findById(id)) !== null;
  }
}
