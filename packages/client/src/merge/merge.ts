import { type Draft, draftOf } from './draft.ts';
import { hideBefore } from './hide-before.ts';
import type { MergeInput } from './merge-input.ts';
import { lastOf, type MergeMessage, type MergeState, type Row } from './merge-state.ts';
import { mergePage } from './merge-page.ts';
import { answered, showsAll } from './newest.ts';

type Input<M extends MergeMessage, Kind> = MergeInput<M> & { readonly kind: Kind };

/** The state after an input. The same object when nothing has changed. */
export function merge<M extends MergeMessage>(state: MergeState<M>, input: MergeInput<M>): MergeState<M> {
  const draft = draftOf(state);
  const { next } = draft;
  switch (input.kind) {
    case 'joined':
      // Nothing is held, so that nothing is missing. Pages in flight may be older than this.
      if (next.rows.length === 0 && !next.follows) {
        if (next.inFlight > 0) draft.dropLoads();
        draft.count(input.rev, 0);
      }
      draft.hear(input.rev, input.lastSeq);
      break;
    case 'heard':
      draft.hear(input.rev, input.lastSeq);
      break;
    case 'event':
      mergeEvent(draft, input);
      break;
    case 'answer': {
      const { message, own } = input;
      draft.hear(message.rev);
      if (draft.put(answered(message, own?.reactions[message.id]))) draft.count(message.rev);
      break;
    }
    case 'asked':
      if (input.place === 'latest' || input.place === 'around') {
        draft.dropLoads();
        next.base = next.head;
      }
      next.inFlight += 1;
      break;
    case 'failed':
      if (input.load === next.load) next.inFlight -= 1;
      break;
    case 'page':
      if (input.load === next.load) mergePage(draft, input);
      break;
    case 'changes':
      mergeChanges(draft, input);
      break;
    case 'own':
      mergeOwn(draft, input);
      break;
    case 'visible-from':
      hideBefore(draft.next, input.seq);
      break;
    case 'trim':
      if (next.inFlight === 0) trim(draft, input);
      break;
  }
  return draft.finish();
}

function mergeEvent<M extends MergeMessage>(
  { next, hear, put, count }: Draft<M>,
  { rev, prevRev = rev - 1, message }: Input<M, 'event'>,
): void {
  hear(rev);
  const isTaken = !message || put({ message, own: [], ownRev: 0 });
  // After a gap, own reactions that the message does not show may be missing: they come with the changes.
  if (isTaken && (!message || prevRev <= next.cursor || showsAll(message))) count(rev, prevRev);
}

function mergeChanges<M extends MergeMessage>(draft: Draft<M>, page: Input<M, 'changes'>): void {
  draft.hear(page.headRev, page.lastSeq);
  // It was asked for by an earlier state of the conversation.
  if (page.since > draft.next.cursor) return;
  hideBefore(draft.next, page.visibleFromSeq ?? 1);
  const isKept = page.data.map((message) => draft.put(answered(message, page.own?.reactions[message.id])));
  if (!isKept.includes(false)) draft.count(page.rev, page.since);
}

function mergeOwn<M extends MergeMessage>(draft: Draft<M>, { reactions, revs }: Input<M, 'own'>): void {
  const { next } = draft;
  for (const [id, own] of Object.entries(reactions)) {
    const ownRev = revs[id] ?? 0;
    const isIt = ({ message }: Row<M>) => message.id === id;
    const row = next.rows.find(isIt) ?? [...next.kept.values()].find(isIt);
    draft.hear(ownRev);
    if (row) draft.put({ message: row.message, own, ownRev });
    else draft.expect(id, own, ownRev);
  }
}

function trim<M extends MergeMessage>({ next }: Draft<M>, keep: Input<M, 'trim'>): void {
  const first = Math.max(keep.first, next.first);
  const heldLast = lastOf(next);
  const last = Math.min(keep.last, heldLast);
  if (last < first || last - first + 1 === next.rows.length) return;
  next.rows = next.rows.slice(first - next.first, last - next.first + 1);
  next.atStart &&= first === next.first;
  next.follows &&= last === heldLast;
  next.first = first;
}
