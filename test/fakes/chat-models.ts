import type { ConversationMember } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type {
  Conversation,
  ConversationSummary,
} from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import {
  type ChatState,
  type StoredConversation,
  type StoredMember,
  type StoredMessage,
  toDate,
} from './chat-state.js';

export function toConversation(conversation: StoredConversation): Conversation {
  const { activity, membersRev: _, ...stored } = conversation;
  return { ...stored, updatedAt: toDate(activity) };
}

export function toMember(state: ChatState, member: StoredMember): ConversationMember {
  return { ...member, ...state.profile(member.userId) };
}

export function toMessage(state: ChatState, message: StoredMessage): Message {
  const { contentAsFirstSent: _, ...stored } = message;
  return { ...stored, sender: { id: stored.senderId, ...state.profile(stored.senderId) } };
}

export function toSummary(
  state: ChatState,
  conversation: StoredConversation,
  { role, joinedAt, lastReadSeq }: StoredMember,
): ConversationSummary {
  const last = state.messagesOf(conversation.id).at(-1);
  return {
    ...toConversation(conversation),
    lastMessage: last ? toMessage(state, last) : null,
    me: { role, joinedAt, lastReadSeq, unreadCount: conversation.lastSeq - lastReadSeq },
  };
}
