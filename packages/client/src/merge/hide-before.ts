import type { Draft } from './draft.ts';
import type { MergeMessage } from './merge-state.ts';

/** The user does not see messages before `seq` any more. */
export function hideBefore<M extends MergeMessage>(next: Draft<M>['next'], seq: number): void {
  if (seq <= next.visibleFromSeq) return;
  next.visibleFromSeq = seq;
  if (seq < next.first) return;
  next.rows = next.rows.slice(seq - next.first);
  next.first = seq;
  next.atStart = true;
}
