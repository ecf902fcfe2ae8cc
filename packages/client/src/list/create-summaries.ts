import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import type { Pending } from '../api/pending.ts';
import type { Drafts } from '../conversation/create-drafts.ts';
import { derived } from '../observable/derived.ts';
import type { Directory } from '../sync/directory.ts';
import type { Row } from '../sync/row.ts';
import { summaryOf } from './summary.ts';

interface Entry {
  readonly row: Row;
  readonly pending: Pending | undefined;
  readonly draft: string | undefined;
  readonly summary: ConversationSummary;
}

/** The summary of each conversation that is known; one that has not changed is the same. */
export function createSummaries(
  { rows }: Directory,
  outbox: Observable<readonly Pending[]>,
  { texts }: Drafts,
): Observable<ReadonlyMap<string, ConversationSummary>> {
  let entries = new Map<string, Entry>();
  return derived([rows, outbox, texts], () => {
    const last = new Map(outbox.getSnapshot().map((pending) => [pending.conversationId, pending]));
    const next = new Map<string, Entry>();
    for (const [id, row] of rows.getSnapshot()) {
      const [pending, draft] = [last.get(id), texts.getSnapshot().get(id)];
      const before = entries.get(id);
      const isSame = before?.row === row && before.pending === pending && before.draft === draft;
      next.set(id, isSame ? before : { row, pending, draft, summary: summaryOf(row, pending, draft) });
    }
    entries = next;
    return new Map([...next].map(([id, { summary }]) => [id, summary]));
  });
}
