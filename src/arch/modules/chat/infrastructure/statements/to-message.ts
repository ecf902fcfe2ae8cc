import type {
  MessageDetails,
  ReplyTarget,
  ThreadSummary,
} from '../../domain/models/message-details.model.js';
import type { Message, MessageSender } from '../../domain/models/message.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';

/** The answer of the function `message_details`: JSON, so that times are texts. */
export interface StoredDetails extends Omit<MessageDetails, 'replyTo' | 'pinnedAt' | 'thread'> {
  readonly replyTo?: Omit<ReplyTarget, 'deletedAt'> & { readonly deletedAt?: string };
  readonly pinnedAt?: string;
  readonly thread?: Omit<ThreadSummary, 'lastReplyAt'> & { readonly lastReplyAt?: string };
}

/** A row of `messageColumns`. */
export interface MessageRow extends Omit<Message, 'sender' | keyof MessageDetails> {
  /** Null when the message is plain. */
  readonly details: StoredDetails | null;
}

/** A row of `readMessageColumns`. */
interface ReadMessageRow extends MessageRow {
  /** Null when there are none. */
  readonly ownReactions: readonly string[] | null;
}

export function toReadMessage({ ownReactions, ...row }: ReadMessageRow, sender: MessageSender): ReadMessage {
  const message = toMessage(row, sender);
  return ownReactions ? { ...message, ownReactions } : message;
}

export function toMessage({ details, ...message }: MessageRow, sender: MessageSender): Message {
  return withDetails({ ...message, sender }, details);
}

export function withDetails(message: Message, details: StoredDetails | null): Message {
  return details ? { ...message, ...toDetails(details) } : message;
}

function toDetails({ replyTo, pinnedAt, thread, ...details }: StoredDetails): MessageDetails {
  return {
    ...details,
    ...(replyTo && { replyTo: toReplyTarget(replyTo) }),
    ...(pinnedAt !== undefined && { pinnedAt: new Date(pinnedAt) }),
    ...(thread && { thread: toThreadSummary(thread) }),
  };
}

function toReplyTarget({ deletedAt, ...target }: NonNullable<StoredDetails['replyTo']>): ReplyTarget {
  return { ...target, ...(deletedAt !== undefined && { deletedAt: new Date(deletedAt) }) };
}

function toThreadSummary({ lastReplyAt, ...thread }: NonNullable<StoredDetails['thread']>): ThreadSummary {
  return { ...thread, ...(lastReplyAt !== undefined && { lastReplyAt: new Date(lastReplyAt) }) };
}
