import type { MessageDto } from '../../../src/arch/modules/chat/interface/http/dto/message.dto.js';

/** The server counts no further. */
const COUNTED_MAX = 100;

/** How many of the messages after a `seq` mention the user or everybody. A client that has them all needs no counter. */
export function mentionsOf(messages: Iterable<MessageDto>, userId: string, after: number): number {
  let count = 0;
  for (const { seq, mentions = [], mentionsAll = false } of messages)
    if (seq > after && (mentionsAll || mentions.includes(userId))) count += 1;
  return Math.min(count, COUNTED_MAX);
}

/** Of a message to which another one replies and that is hidden, the reader knows no more than the place. */
export function hideTarget(message: MessageDto, visibleFromSeq: number): MessageDto {
  const { replyTo } = message;
  if (!replyTo || replyTo.seq >= visibleFromSeq) return message;
  return { ...message, replyTo: { id: replyTo.id, seq: replyTo.seq } };
}

/** A client shows the message itself where it has it: the excerpt is from when it was read. */
export function withoutExcerpt<Shown extends MessageDto>(
  message: Shown,
  messages: ReadonlyMap<string, MessageDto>,
): Shown {
  const { replyTo } = message;
  return replyTo && messages.has(replyTo.id)
    ? { ...message, replyTo: { id: replyTo.id, seq: replyTo.seq } }
    : message;
}
