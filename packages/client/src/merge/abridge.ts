import type { MergeMessage } from './merge-state.ts';

/** A reply shows nothing of a message that the user does not see, except for its place. */
export function abridge<M extends Pick<MergeMessage, 'replyTo'>>(message: M, visibleFromSeq = 1): M {
  const { replyTo } = message;
  if (!replyTo?.senderId || replyTo.seq >= visibleFromSeq) return message;
  return { ...message, replyTo: { id: replyTo.id, seq: replyTo.seq } };
}
