import type { NewMessage } from './new-messages.ts';

/** Whether somebody wants to be told of a message: as they have set it for the conversation, and not when it is read already. */
export function isWorthTelling({ summary, message }: NewMessage, userId: string): boolean {
  const { lastReadSeq, details } = summary;
  const { notify = 'all', mutedUntil, archivedAt } = details.me;
  if (message.senderId === userId || message.deletedAt || message.seq <= lastReadSeq) return false;
  if (notify === 'none') return false;
  const isMention = message.mentionsAll === true || message.mentions?.includes(userId) === true;
  return isMention || (notify === 'all' && mutedUntil === undefined && archivedAt === undefined);
}
