import type { ConversationHeadsPort } from '../../src/arch/modules/chat/application/ports/conversation-heads.port.js';
import type { MemberHead } from '../../src/arch/modules/chat/domain/models/member-head.model.js';
import { toOwnMembership } from './chat-models.js';
import type { UnreadTotal } from '../../src/arch/modules/chat/domain/models/unread-total.model.js';
import type { ChatState } from './chat-state.js';

export class ConversationHeadsFake implements ConversationHeadsPort {
  constructor(private readonly state: ChatState) {}

  async findMostRecent(userId: string, limit: number): Promise<string[]> {
    return [...this.state.conversations.values()]
      .filter((conversation) => this.state.isListed(conversation, userId))
      .toSorted((a, b) => b.activity - a.activity || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  async countUnread(userId: string, most = Infinity): Promise<UnreadTotal> {
    const ids = await this.findMostRecent(userId, Infinity);
    const shown = ids.filter((id) => this.state.member(id, userId)?.archivedAt === null);
    const loud = shown.slice(0, most).filter((id) => {
      const until = this.state.member(id, userId)?.mutedUntil ?? null;
      return until === null || until <= new Date();
    });
    const heads = await this.findHeads(userId, loud);
    const threads = await this.findHeads(userId, this.loudThreads(userId));
    const unread = heads.map(({ unreadCount }) => unreadCount);
    return {
      conversations: unread.filter((count) => count > 0).length,
      messages: unread.reduce((sum, count) => sum + count, 0),
      mentions: heads.reduce((sum, { mentionCount }) => sum + mentionCount, 0),
      threads: threads.slice(0, most).filter(({ unreadCount }) => unreadCount > 0).length,
      capped: shown.length > most || threads.length > most,
    };
  }

  /** Those that the user follows, last activity first. */
  private loudThreads(userId: string): string[] {
    const { followers, conversations } = this.state;
    const ids = [...followers].filter(([, users]) => users.has(userId)).map(([id]) => id);
    return ids
      .filter((id) => {
        const parent = this.state.member(conversations.get(id)?.parent?.conversationId ?? '', userId);
        return parent?.archivedAt === null && (parent.mutedUntil ?? new Date(0)) <= new Date();
      })
      .toSorted((a, b) => (conversations.get(b)?.activity ?? 0) - (conversations.get(a)?.activity ?? 0));
  }

  async findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]> {
    return conversationIds.flatMap((conversationId) => {
      const me = this.state.member(conversationId, userId);
      if (!me) return [];
      const conversation = this.state.conversation(conversationId);
      const { lastSeq, rev } = conversation;
      const { unreadCount, mentionCount, visibleFromSeq } = toOwnMembership(this.state, conversation, me);
      return [{ conversationId, lastSeq, rev, unreadCount, mentionCount, visibleFromSeq }];
    });
  }
}
