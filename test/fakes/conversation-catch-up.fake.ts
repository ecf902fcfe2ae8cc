import type { ConversationCatchUpPort } from '../../src/arch/modules/chat/application/ports/conversation-catch-up.port.js';
import type { ConversationCatchUp } from '../../src/arch/modules/chat/domain/models/conversation-catch-up.model.js';
import { toMember, toReadMessage, toSummary } from './chat-models.js';
import type { ChatState } from './chat-state.js';

export class ConversationCatchUpFake implements ConversationCatchUpPort {
  constructor(private readonly state: ChatState) {}

  async findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ConversationCatchUp | null> {
    const conversation = this.state.conversations.get(conversationId);
    const me = this.state.member(conversationId, userId);
    if (!conversation || !me) return null;
    const changed = this.state
      .messagesOf(conversationId)
      .filter(({ rev, seq }) => rev > since && seq >= me.visibleFromSeq)
      .toSorted((a, b) => a.rev - b.rev);
    const members = [...(this.state.members.get(conversationId)?.values() ?? [])];
    return {
      conversation: toSummary(this.state, conversation, me),
      messages: changed
        .slice(0, limit)
        .map((message) => toReadMessage(this.state, message, me.visibleFromSeq, userId)),
      members:
        conversation.membersRev > since ? members.map((one) => toMember(this.state, one, userId)) : null,
    };
  }
}
