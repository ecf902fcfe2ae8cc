import type { ConversationHeadsPort } from '../../src/arch/modules/chat/application/ports/conversation-heads.port.js';
import type { MemberHead } from '../../src/arch/modules/chat/domain/models/member-head.model.js';
import type { ChatState } from './chat-state.js';

export class ConversationHeadsFake implements ConversationHeadsPort {
  constructor(private readonly state: ChatState) {}

  async findMostRecent(userId: string, limit: number): Promise<string[]> {
    return [...this.state.conversations.values()]
      .filter(({ id }) => this.state.member(id, userId))
      .toSorted((a, b) => b.activity - a.activity || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  async findHeads(userId: string, conversationIds: readonly string[]): Promise<MemberHead[]> {
    return conversationIds.flatMap((conversationId) => {
      const me = this.state.member(conversationId, userId);
      if (!me) return [];
      const { lastSeq, rev } = this.state.conversation(conversationId);
      return [{ conversationId, lastSeq, rev, unreadCount: lastSeq - me.lastReadSeq }];
    });
  }
}
