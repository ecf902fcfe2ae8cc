import type { Message } from '../models/message.model.js';
import type { ReadMessage } from '../models/read-message.model.js';

/**
 * A message as somebody is shown it who sees the history from a message on: of an earlier one to which it replies, only
 * the id and the place.
 */
export function shownFrom<Shown extends Message>(message: Shown, visibleFromSeq: number): Shown {
  const { replyTo } = message;
  if (!replyTo || replyTo.seq >= visibleFromSeq) return message;
  return { ...message, replyTo: { id: replyTo.id, seq: replyTo.seq } };
}

/** After a change of something else the reader has the same reactions; a deleted message has none. */
export function withOwnReactionsOf({ ownReactions }: ReadMessage, message: Message): ReadMessage {
  return ownReactions && !message.deletedAt ? { ...message, ownReactions } : message;
}
