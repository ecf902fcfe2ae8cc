import type { ConversationMember } from '../models/conversation-member.model.js';
import type { ConversationSummary } from '../models/conversation.model.js';
import type { Message } from '../models/message.model.js';
import type { Typing } from '../models/typing.model.js';

/** A change of a conversation, committed: part of its history, at the place `rev`. */
interface Change {
  readonly conversationId: string;
  readonly rev: number;
}

interface MessageCreated extends Change {
  readonly kind: 'message_created';
  readonly message: Message;
}

interface MemberAdded extends Change {
  readonly kind: 'member_added';
  readonly member: ConversationMember;
}

/** A member has read on. No change of the conversation: it takes no `rev`. */
export interface MessageRead {
  readonly kind: 'message_read';
  readonly conversationId: string;
  readonly userId: string;
  readonly lastReadSeq: number;
}

export interface TypingSignalled extends Typing {
  readonly kind: 'typing';
}

/** A user has become a member of a conversation, which is as their own list shows it. */
interface ConversationAdded {
  readonly kind: 'conversation_added';
  readonly userId: string;
  readonly conversation: ConversationSummary;
}

/** All that connected clients can hear of conversations. `interface/ws/dto/chat-events.ts` says how each one reaches them. */
export type ChatEvent = MessageCreated | MemberAdded | MessageRead | TypingSignalled | ConversationAdded;

export type ChatEventKind = ChatEvent['kind'];
export type ChatEventOf<Kind extends ChatEventKind> = Extract<ChatEvent, { kind: Kind }>;

export function messageCreated(message: Message): MessageCreated {
  const { conversationId, rev } = message;
  return { kind: 'message_created', conversationId, rev, message };
}
