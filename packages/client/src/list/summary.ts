import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Pending } from '../api/pending.ts';
import { presentMe, type Row } from '../sync/row.ts';

export function summaryOf(
  row: Row,
  pending: Pending | undefined,
  draft: string | undefined,
  isMuted: boolean,
): ConversationSummary {
  const { conversation } = row;
  const { mutedUntil, ...known } = presentMe(row);
  // As the server does it: what is over is not there.
  const me = isMuted && mutedUntil ? { ...known, mutedUntil } : known;
  return {
    id: conversation.id,
    type: conversation.type ?? 'group',
    title: conversation.title,
    other: conversation.direct?.user ?? null,
    lastMessage: pending ?? conversation.lastMessage,
    lastSeq: conversation.lastSeq,
    lastReadSeq: me.lastReadSeq,
    unreadCount: me.unreadCount,
    mentionCount: me.mentionCount ?? 0,
    memberCount: conversation.memberCount,
    role: me.role,
    draft: draft ?? null,
    details: { ...conversation, me },
  };
}

/** When something has happened last. */
const activityOf = ({ details, lastMessage }: ConversationSummary): string =>
  lastMessage && lastMessage.createdAt > details.updatedAt ? lastMessage.createdAt : details.updatedAt;

/** Last activity first. */
export function byActivity(a: ConversationSummary, b: ConversationSummary): number {
  const [first, second] = [activityOf(a), activityOf(b)];
  if (first !== second) return first > second ? -1 : 1;
  return a.id > b.id ? -1 : 1;
}
