import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import type { MessageDetails } from '../models/message-details.model.js';
import type { Message } from '../models/message.model.js';

/** UTF-16 units of a message's free texts and of all that not every message has. */
export function unitsOfMessage(message: Message): number {
  const { content, sender } = message;
  return (
    content.length + sender.displayName.length + (sender.avatarUrl?.length ?? 0) + unitsOfDetails(message)
  );
}

/** More than they are: lists, texts and JSON are measured as JSON. */
function unitsOfDetails({ replyTo, mentions, reactions, metadata }: MessageDetails): number {
  const found = [replyTo, mentions, reactions, metadata].filter((detail) => detail !== undefined);
  return found.length === 0 ? 0 : JSON.stringify(found).length;
}

/** The first messages, as many as fit on a page. */
export function fittingMessages(messages: readonly Message[], room?: number): readonly Message[] {
  return fittingRows(messages, unitsOfMessage, room);
}
