import type { ReadingPlace } from '@causerie/react';

/** Left in an entry of the history when one jumps elsewhere: where one was reading; null at the end. */
interface Left {
  readonly leftAt?: ReadingPlace | null;
}

/** To be called before one goes elsewhere in the same conversation. */
export function noteLeftPlace(leftAt: ReadingPlace | null): void {
  history.replaceState({ ...(history.state as object | null), leftAt }, '');
}

/** Where one was when one jumped from here, once: from then on one scrolls oneself. Undefined when one did not jump. */
export function takeLeftPlace(): ReadingPlace | null | undefined {
  const { leftAt, ...others } = (history.state ?? {}) as Left;
  if (leftAt !== undefined) history.replaceState(others, '');
  return leftAt;
}
