import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import type { Pending } from '../api/pending.ts';
import type { Drafts } from '../conversation/create-drafts.ts';
import { derived } from '../observable/derived.ts';
import type { Directory } from '../sync/directory.ts';
import type { Clock } from '../ports.ts';
import type { Row } from '../sync/row.ts';
import { createMuting } from './create-muting.ts';
import { summaryOf } from './summary.ts';

interface Entry {
  readonly row: Row;
  readonly pending: Pending | undefined;
  readonly draft: string | undefined;
  readonly isMuted: boolean;
  readonly summary: ConversationSummary;
}

/** The summary of each conversation that is known; one that has not changed is the same. */
export function createSummaries(
  { rows }: Directory,
  outbox: Observable<readonly Pending[]>,
  { texts }: Drafts,
  clock: Clock,
): Observable<ReadonlyMap<string, ConversationSummary>> {
  const muting = createMuting(clock);
  let entries = new Map<string, Entry>();
  return derived([rows, outbox, texts, muting.ended], () => {
    const last = new Map(outbox.getSnapshot().map((pending) => [pending.conversationId, pending]));
    const next = new Map<string, Entry>();
    for (const [id, row] of rows.getSnapshot()) {
      const [pending, draft] = [last.get(id), texts.getSnapshot().get(id)];
      const before = entries.get(id);
      const isMuted = muting.isMuted(row.conversation.me);
      const isSame =
        before?.row === row &&
        before.pending === pending &&
        before.draft === draft &&
        before.isMuted === isMuted;
      const summary = isSame ? before.summary : summaryOf(row, pending, draft, isMuted);
      next.set(id, { row, pending, draft, isMuted, summary });
    }
    muting.await([...next.values()].map((entry) => entry.row.conversation.me));
    entries = next;
    return new Map([...next].map(([id, { summary }]) => [id, summary]));
  });
}
