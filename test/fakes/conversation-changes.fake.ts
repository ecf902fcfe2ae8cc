import type { ConversationChangesPort } from '../../src/arch/modules/chat/application/ports/conversation-changes.port.js';
import type { ConversationChanges } from '../../src/arch/modules/chat/domain/models/conversation-changes.model.js';
import { toMember, toMessage, toSummary } from './chat-models.js';
import type { ChatState } from './chat-state.js';

export class ConversationChangesFake implements ConversationChangesPort {
  constructor(private readonly state: ChatState) {}

  async findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<ConversationChanges | null> {
    const conversation = this.state.conversations.get(conversationId);
    const me = this.state.member(conversationId, userId);
    if (!conversation || !me) return null;
    const changed = this.state
      .messagesOf(conversationId)
      .filter(({ rev }) => rev > since)
      .toSorted((a, b) => a.rev - b.rev);
    const members = [...(this.state.members.get(conversationId)?.values() ?? [])];
    return {
      conversation: toSummary(this.state, conversation, me),
      messages: changed.slice(0, limit).map((message) => toMessage(this.state, message)),
      members: conversation.membersRev > since ? members.map((one) => toMember(this.state, one)) : null,
    };
  }
}
