import type { StoredMessagePage, StoredMessageRange } from '../../domain/models/message-page.model.js';
import type { Message, MessageDraft } from '../../domain/models/message.model.js';
import type { ParentPosition } from '../../domain/models/thread.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';

export interface SentMessage {
  readonly message: Message;
  /** Whether the sender had sent it before under the same `clientMessageId`: then nothing was stored now. */
  readonly duplicate: boolean;
  /** Of a reply in a thread: what has come before it in the parent. */
  readonly parent?: ParentPosition;
  /**
   * Only with the newest reply of a thread that was stored in one transaction: the message at which the thread has begun,
   * as they have left it. In the parent it comes after the parent's own messages.
   */
  readonly root?: Message;
}

export abstract class MessageRepositoryPort {
  /**
   * Stores a message with the next `seq` and `rev` of its conversation, moves the sender's read position up to it, and
   * resolves after the commit. Writes to one conversation resolve in the order of `rev`.
   * A thread has the members and rules of its parent; the sender follows it then, and so do the members that the message
   * mentions and, with the first reply, the sender of the message at which it has begun. That message takes the next `rev`
   * of the parent, once for all replies that are stored together.
   * The refusals in the order in which they are decided, behind the conversation's lock; a repeat of a stored message is
   * answered with it whatever has been restricted since, and of a deleted message with what is left of it. The message
   * mentions those of the users that are members.
   * @throws ConversationNotFoundError, NotConversationMemberError, ClientMessageIdReusedError, PostingRestrictedError,
   *   SlowModeError, UserNotReachableError, MessageNotFoundError when it replies to a message that the sender does not see,
   *   CannotMentionAllError
   */
  abstract create(draft: MessageDraft): Promise<SentMessage>;
  /**
   * @param page from 1
   * @param limit 1–100
   * @param visibleFrom the first message that the reader sees; earlier ones are neither on pages nor in the total
   * @param readerId whose own reactions come with the messages, from the same snapshot; absent, nobody's
   */
  abstract findByConversation(
    conversationId: string,
    page: number,
    limit: number,
    visibleFrom: number,
    readerId?: string | null,
  ): Promise<StoredMessagePage>;
  /**
   * Null when the conversation has no such message, or hides it from the reader.
   * @param visibleFrom the first message that the reader sees
   * @param readerId as above
   */
  abstract findMessage(
    conversationId: string,
    messageId: string,
    visibleFrom: number,
    readerId?: string | null,
  ): Promise<ReadMessage | null>;
  /**
   * The messages with `from` <= `seq` <= `to`, at most 100, and the head of the same snapshot: zeros when there is no such
   * conversation.
   * @param visibleFrom the first message that the reader sees, 1 when it sees all: `from` is not lower
   * @param readerId as above
   */
  abstract findRange(
    conversationId: string,
    from: number,
    to: number,
    visibleFrom?: number,
    readerId?: string | null,
  ): Promise<StoredMessageRange>;
}
