import { abridge } from './abridge.ts';
import { KEPT_MAX, lastOf, type MergeMessage, type MergeState, type Row } from './merge-state.ts';
import { newest, showsAll } from './newest.ts';

/** The next state, while it is made: what is changed is copied once. */
export interface Draft<M extends MergeMessage> {
  readonly next: { -readonly [Field in keyof MergeState<M>]: MergeState<M>[Field] };
  /**
   * Takes one message. Returns false when it has to come again, with the changes.
   * @param wasHeld whether it was in the state already
   */
  readonly put: (row: Row<M>, wasHeld?: boolean) => boolean;
  /** With own reactions that came before it. */
  readonly complete: (row: Row<M>) => Row<M>;
  /** Own reactions to a message that is not here. */
  readonly expect: (id: string, own: readonly string[], ownRev: number) => void;
  /** A change is in the range. */
  readonly count: (rev: number, prevRev?: number) => void;
  /** There are changes and messages up to these. */
  readonly hear: (rev: number, lastSeq?: number) => void;
  /** Pages in flight are void. */
  readonly dropLoads: () => void;
  /** Returns the state before when nothing has changed. */
  readonly finish: () => MergeState<M>;
}

export function draftOf<M extends MergeMessage>(state: MergeState<M>): Draft<M> {
  const next = { ...state };
  const rowsToChange = () =>
    (next.rows === state.rows ? (next.rows = [...next.rows]) : next.rows) as Row<M>[];
  const keptToChange = () =>
    (next.kept === state.kept ? (next.kept = new Map(next.kept)) : next.kept) as Map<number, Row<M>>;
  const seenToChange = () =>
    (next.seen === state.seen ? (next.seen = new Map(next.seen)) : next.seen) as Map<number, number>;
  const isAhead = (seq: number) => next.follows && seq > lastOf(next);

  function complete(row: Row<M>): Row<M> {
    const early = next.early.get(row.message.id);
    return early ? newest(row, { ...early, message: row.message }, next.userId) : row;
  }

  function expect(id: string, own: readonly string[], ownRev: number): void {
    const isOver = ownRev <= next.cursor && next.inFlight === 0;
    if (isOver || ownRev <= (next.early.get(id)?.ownRev ?? 0) || next.early.size >= KEPT_MAX) return;
    next.early = new Map(next.early).set(id, { own, ownRev });
  }

  function put(given: Row<M>, wasHeld = false): boolean {
    const row = complete(given);
    const { seq, rev } = row.message;
    hear(0, seq);
    const index = seq - next.first;
    const held = next.rows[index];
    if (held) {
      const newer = newest(held, row, next.userId);
      if (newer !== held) rowsToChange()[index] = newer;
    } else if (isAhead(seq) || next.inFlight > 0) {
      const known = next.kept.get(seq);
      const isNext = isAhead(seq) && index === next.rows.length;
      if (!known && !wasHeld) {
        // What is not in a range that has all changes up to the cursor is hidden, or outside.
        if (rev <= next.cursor) return true;
        if ((row.ownRev === 0 && !showsAll(row.message)) || (!isNext && next.kept.size >= KEPT_MAX))
          return false;
      }
      const newer = newest(known, row, next.userId);
      if (isNext) rowsToChange().push(newer);
      else if (newer !== known) keptToChange().set(seq, newer);
    }
    return true;
  }

  function hear(rev: number, lastSeq = 0): void {
    next.head = Math.max(next.head, rev);
    next.lastSeq = Math.max(next.lastSeq, lastSeq);
  }

  function count(rev: number, prevRev = rev - 1): void {
    if (prevRev <= next.cursor) next.cursor = Math.max(next.cursor, rev);
    else if (prevRev < (next.seen.get(rev) ?? rev) && next.seen.size < KEPT_MAX)
      seenToChange().set(rev, prevRev);
  }

  /** Changes after a gap that has closed, and those that came otherwise, too. */
  function joinSeen(): void {
    for (let before = -1; before < next.cursor;) {
      before = next.cursor;
      for (const [rev, prevRev] of next.seen)
        if (prevRev <= next.cursor) next.cursor = Math.max(next.cursor, rev);
    }
    for (const rev of next.seen.keys()) if (rev <= next.cursor) seenToChange().delete(rev);
  }

  function joinAhead(): void {
    for (let row; (row = next.follows && next.kept.get(lastOf(next) + 1));) {
      rowsToChange().push(row);
      keptToChange().delete(row.message.seq);
    }
  }

  /** What was read before the user has hidden something may quote it. */
  function abridgeReplies(): void {
    for (const [index, row] of next.rows.entries()) {
      const message = abridge(row.message, next.visibleFromSeq);
      if (message !== row.message) rowsToChange()[index] = { ...row, message };
    }
  }

  function finish(): MergeState<M> {
    if (next.seen.size > 0) joinSeen();
    next.head = Math.max(next.head, next.cursor);
    joinAhead();
    if (next.visibleFromSeq > 1) abridgeReplies();
    if (next.inFlight === 0)
      for (const seq of next.kept.keys()) if (!isAhead(seq)) keptToChange().delete(seq);
    const open = [...next.early].filter(([, { ownRev }]) => ownRev > next.cursor || next.inFlight > 0);
    if (open.length < next.early.size) next.early = new Map(open);
    const fields = Object.keys(next) as (keyof MergeState<M>)[];
    return fields.some((field) => next[field] !== state[field]) ? next : state;
  }

  return {
    next,
    complete,
    expect,
    put,
    count,
    hear,
    finish,
    dropLoads: () => {
      next.load += 1;
      next.inFlight = 0;
    },
  };
}
