import { randomUUIDv7 } from 'node:crypto';
import { UserNotFoundError } from '../../src/arch/common/domain/errors/user-not-found.error.js';
import type {
  DirectConversationRepositoryPort,
  OpenedDirectConversation,
} from '../../src/arch/modules/chat/application/ports/direct-conversation-repository.port.js';
import type { Conversation } from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import { DEFAULT_SETTINGS } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import { toConversation } from './chat-models.js';
import { type ChatState, ownDefaults, type StoredConversation, toDate } from './chat-state.js';

export class DirectConversationRepositoryFake implements DirectConversationRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async findOfPair(userId: string, otherId: string): Promise<Conversation | null> {
    const id = this.state.directs.get(pairOf(userId, otherId));
    return id === undefined ? null : toConversation(this.state.conversation(id));
  }

  async open(openerId: string, otherId: string): Promise<OpenedDirectConversation> {
    const userIds = [...new Set([openerId, otherId])].toSorted();
    if (!userIds.every((id) => this.state.users.has(id))) throw new UserNotFoundError();
    const found = await this.findOfPair(openerId, otherId);
    if (found) return { conversation: found, isNew: false };
    const stored = this.create(openerId, userIds);
    this.state.directs.set(pairOf(openerId, otherId), stored.id);
    return { conversation: toConversation(stored), isNew: true };
  }

  private create(createdBy: string, userIds: readonly string[]): StoredConversation {
    const activity = this.state.now();
    const stored: StoredConversation = {
      ...DEFAULT_SETTINGS,
      id: randomUUIDv7(),
      type: 'direct',
      createdBy,
      memberCount: userIds.length,
      isDeleted: false,
      createdAt: toDate(activity),
      activity,
      lastSeq: 0,
      rev: 0,
      membersRev: 0,
    };
    const own = { ...ownDefaults(), role: 'member' as const, joinedAt: toDate(activity), lastReadSeq: 0 };
    this.state.conversations.set(stored.id, stored);
    this.state.members.set(stored.id, new Map(userIds.map((userId) => [userId, { ...own, userId }])));
    return stored;
  }
}

function pairOf(userId: string, otherId: string): string {
  return [userId, otherId].toSorted().join(' ');
}
