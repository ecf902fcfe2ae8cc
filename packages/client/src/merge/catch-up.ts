import { hasAhead, KEPT_MAX, lastOf, type MergeMessage, type MergeState } from './merge-state.ts';

/** With more changes or messages than these, a page is loaded instead of replaying them. */
const CHANGES_MAX = 500;
const MESSAGES_MAX = 300;

/** Whether changes are known to be missing. */
export function isStale<M extends MergeMessage>(state: MergeState<M>): boolean {
  return state.head > state.cursor || hasAhead(state);
}

/**
 * How to get what is missing: `changes` since `cursor`, or a page of a new place, which replaces the range. Null when nothing is
 * missing. A gap closes by itself most of the time: ask when it is still there after 150 ms.
 */
export function catchUp<M extends MergeMessage>(state: MergeState<M>): 'changes' | 'page' | null {
  const { head, cursor, follows, lastSeq, kept } = state;
  if (!isStale(state)) return null;
  const isFar = head - cursor > CHANGES_MAX || (follows && lastSeq - lastOf(state) > MESSAGES_MAX);
  return isFar || kept.size >= KEPT_MAX ? 'page' : 'changes';
}
