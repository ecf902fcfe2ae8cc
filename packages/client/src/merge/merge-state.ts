import type { Message } from '../contract.ts';

/** What merging looks at; everything else of a message is passed on as it is. */
export type MergeMessage = Pick<Message, 'id' | 'seq' | 'rev' | 'reactions' | 'replyTo'>;

/** Messages that are kept outside of the range, at most, and changes after a gap. */
export const KEPT_MAX = 500;

/** A message, and what is the user's alone of it. */
export interface Row<M extends MergeMessage = Message> {
  readonly message: M;
  /** The user's own reactions. */
  readonly own: readonly string[];
  /** `rev` of the message to which the server's last list of own reactions belongs; 0 when there was none. */
  readonly ownRev: number;
}

/** What is held of one conversation: one closed range of messages, and how far it is complete. Immutable. */
export interface MergeState<M extends MergeMessage = Message> {
  readonly userId: string;
  /** All changes up to this `rev` are in the range. */
  readonly cursor: number;
  /** The highest `rev` heard of. */
  readonly head: number;
  /** `seq` of the first row; where the first one will be when there is none. */
  readonly first: number;
  /** The range, oldest first: `seq` has no hole. */
  readonly rows: readonly Row<M>[];
  /** Whether the range contains the end, so that later messages belong to it. */
  readonly follows: boolean;
  /** Whether the user sees nothing before `first`. */
  readonly atStart: boolean;
  /** The highest `seq` heard of. */
  readonly lastSeq: number;
  readonly visibleFromSeq: number;
  /** Answers to pages that were asked for under another number are void. */
  readonly load: number;
  /** Pages that are in flight. */
  readonly inFlight: number;
  /** The head when a new place was asked for last. */
  readonly base: number;
  /** Messages outside of the range by `seq`: those that wait for earlier ones, and those that a page in flight may have in an older state. */
  readonly kept: ReadonlyMap<number, Row<M>>;
  /** Own reactions, by the id of a message that has not come yet, or not in that state. */
  readonly early: ReadonlyMap<string, Pick<Row, 'own' | 'ownRev'>>;
  /** Changes after a gap that are in the range already: `prevRev` by `rev`. */
  readonly seen: ReadonlyMap<number, number>;
}

/** Nothing is held, and nothing is known. @param load a number that no earlier state of the conversation had */
export function emptyState<M extends MergeMessage = Message>(userId: string, load = 0): MergeState<M> {
  return {
    userId,
    cursor: 0,
    head: 0,
    first: 1,
    rows: [],
    follows: false,
    atStart: false,
    lastSeq: 0,
    visibleFromSeq: 1,
    load,
    inFlight: 0,
    base: 0,
    kept: new Map(),
    early: new Map(),
    seen: new Map(),
  };
}

/** `seq` of the last row; lower than `first` when there is none. */
export function lastOf({
  first,
  rows,
}: Pick<MergeState, 'first'> & { readonly rows: readonly unknown[] }): number {
  return first + rows.length - 1;
}

/** Whether messages wait for earlier ones, which have not come, or are hidden. */
export function hasAhead<M extends MergeMessage>({ kept, follows, first, rows }: MergeState<M>): boolean {
  return follows && [...kept.keys()].some((seq) => seq > lastOf({ first, rows }));
}
