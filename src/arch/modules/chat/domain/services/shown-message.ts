import type { Message } from '../models/message.model.js';

/**
 * A message as somebody is shown it who sees the history from a message on: of an earlier one to which it replies, only
 * the id and the place.
 */
export function shownFrom(message: Message, visibleFromSeq: number): Message {
  const { replyTo } = message;
  if (!replyTo || replyTo.seq >= visibleFromSeq) return message;
  return { ...message, replyTo: { id: replyTo.id, seq: replyTo.seq } };
}
