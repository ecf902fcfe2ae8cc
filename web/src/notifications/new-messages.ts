import type { ConversationSummary, Message } from '@causerie/client';

/** A message that nobody has been told of yet, and where it stands. */
export interface NewMessage {
  readonly summary: ConversationSummary;
  readonly message: Message;
}

/**
 * Finds what is new in the list of conversations each time that it has changed; nothing the first time. A conversation that was
 * not listed before is new only when its message is: it may stand on a further page of the list.
 */
export function createNewMessages(): (items: readonly ConversationSummary[]) => NewMessage[] {
  const known = new Map<string, number>();
  let newest = '';
  let isFirst = true;
  return (items) => {
    const found: NewMessage[] = [];
    const before = newest;
    for (const summary of items) {
      const message = summary.details.lastMessage;
      if (!message) continue;
      const seq = known.get(summary.id);
      const isNew = seq === undefined ? message.createdAt > before : message.seq > seq;
      if (isNew && !isFirst) found.push({ summary, message });
      known.set(summary.id, Math.max(seq ?? 0, message.seq));
      if (message.createdAt > newest) newest = message.createdAt;
    }
    isFirst = false;
    return found;
  };
}
