import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import type { Message } from '../models/message.model.js';

/** UTF-16 units of a message's free texts. */
export function unitsOfMessage({ content, sender }: Message): number {
  return content.length + sender.displayName.length + (sender.avatarUrl?.length ?? 0);
}

/** The first messages, as many as fit on a page. */
export function fittingMessages(messages: readonly Message[], room?: number): readonly Message[] {
  return fittingRows(messages, unitsOfMessage, room);
}
