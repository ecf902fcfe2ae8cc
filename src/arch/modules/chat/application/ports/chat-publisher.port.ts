import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import type { Message } from '../../domain/models/message.model.js';
import type { Typing } from '../../domain/models/typing.model.js';

/**
 * Tells connected clients what has been committed. Call it at once after the commit, in the order of `rev`: one that
 * does not rise means that the database has gone back in time, and ends its epoch (ADR 31).
 */
export abstract class ChatPublisherPort {
  /** `new_message` to those who have joined the conversation. */
  abstract messageSent(message: Message): void;
  /** `member_added` to those who have joined the conversation. */
  abstract memberAdded(conversationId: string, rev: number, member: ConversationMember): void;
  /** `message_read` to those who have joined the conversation, at most one a second of each member: the latest. */
  abstract messageRead(conversationId: string, userId: string, lastReadSeq: number): void;
  /** `typing` to those who have joined, but to no socket of the user's own, at most one a second of each member: the latest. */
  abstract typing(typing: Typing): void;
  /** `conversation_added` to all sockets of one user. */
  abstract conversationAdded(userId: string, conversation: ConversationSummary): void;
}
