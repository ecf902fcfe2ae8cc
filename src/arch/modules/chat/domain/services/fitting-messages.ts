import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import type { ReadMessage } from '../models/read-message.model.js';

/** UTF-16 units of a message's free texts and of all that not every message has, or that comes beside it. */
export function unitsOfMessage(message: ReadMessage): number {
  const { content, sender } = message;
  return (
    content.length + sender.displayName.length + (sender.avatarUrl?.length ?? 0) + unitsOfDetails(message)
  );
}

/** More than they are: lists, texts and JSON are measured as JSON. */
function unitsOfDetails({ replyTo, mentions, reactions, metadata, ownReactions }: ReadMessage): number {
  const found = [replyTo, mentions, reactions, metadata, ownReactions].filter(
    (detail) => detail !== undefined,
  );
  return found.length === 0 ? 0 : JSON.stringify(found).length;
}

/** The first messages, as many as fit on a page. */
export function fittingMessages(messages: readonly ReadMessage[], room?: number): readonly ReadMessage[] {
  return fittingRows(messages, unitsOfMessage, room);
}
