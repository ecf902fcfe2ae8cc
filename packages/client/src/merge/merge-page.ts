import type { Draft } from './draft.ts';
import { hideBefore } from './hide-before.ts';
import type { MergeInput } from './merge-input.ts';
import { lastOf, type MergeMessage, type Row } from './merge-state.ts';
import { answered } from './newest.ts';

/** A page of a new place replaces the range, another one extends it. What came while it was in flight may be newer. */
export function mergePage<M extends MergeMessage>(
  { next, complete, put, count, hear, dropLoads }: Draft<M>,
  page: MergeInput<M> & { readonly kind: 'page' },
): void {
  const { rows: held, first: heldFirst, kept, visibleFromSeq } = next;
  const heldLast = lastOf(next);
  const rows: Row<M>[] = [];
  for (const message of page.data)
    if (message.seq >= visibleFromSeq)
      rows.unshift(complete(answered(message, page.own?.reactions[message.id])));
  const first = rows[0]?.message.seq ?? visibleFromSeq;
  const last = first + rows.length - 1;
  hear(page.rev ?? 0, last);
  next.inFlight -= 1;
  const isNewPlace = page.place === 'latest' || page.place === 'around';
  /** A new place has everything that was heard of when it was asked for. */
  const upTo = isNewPlace ? (page.rev ?? next.base) : 0;
  if (isNewPlace) {
    dropLoads();
    next.rows = rows;
    next.kept = new Map();
    next.first = first;
    next.atStart = !page.hasMoreBefore;
    next.follows = !page.hasMoreAfter;
    count(upTo, 0);
  } else if (page.place === 'before') {
    next.rows = [...rows.slice(0, Math.max(0, heldFirst - first)), ...held];
    next.first -= next.rows.length - held.length;
    next.atStart = !page.hasMoreBefore;
  } else {
    // What is between is hidden.
    if (first > heldLast + 1) hideBefore(next, first);
    next.rows = [...next.rows, ...rows.slice(Math.max(0, heldLast + 1 - first))];
    next.follows = !page.hasMoreAfter;
  }
  for (const row of [...held, ...kept.values()])
    if (Math.max(row.message.rev, row.ownRev) > upTo) put(row, true);
}
