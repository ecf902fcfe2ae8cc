import type { Totals } from '../api/client.ts';
import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import { derived } from '../observable/derived.ts';

/** What is unread in the conversations that are known. */
export function createTotals(
  summaries: Observable<ReadonlyMap<string, ConversationSummary>>,
): Observable<Totals> {
  return derived<Totals>([summaries], (before) => {
    const unread = [...summaries.getSnapshot().values()].filter(
      ({ type, unreadCount, details: { me } }) =>
        type !== 'thread' && unreadCount > 0 && !me.archivedAt && !me.mutedUntil,
    );
    const sum = (count: (summary: ConversationSummary) => number): number =>
      unread.reduce((total, summary) => total + count(summary), 0);
    const totals = {
      conversations: unread.length,
      messages: sum(({ unreadCount }) => unreadCount),
      mentions: sum(({ mentionCount }) => mentionCount),
    };
    return before && JSON.stringify(before) === JSON.stringify(totals) ? before : totals;
  });
}
