/** The position of a change in its conversation's history. */
export interface RevPosition {
  readonly rev: number;
  /**
   * Whoever knows all changes up to it misses none before this one; absent, it is `rev - 1`. It is lower where the
   * numbers in between have been overtaken: a message that is changed again leaves its earlier `rev` behind. Only a
   * reader of one snapshot may set it, because a node does not know what other nodes have emitted; and for a single socket, whoever
   * has withheld from it the changes in between.
   */
  readonly prevRev?: number;
}

/** Whether changes are missing between those known up to `known` and this one. */
export function skipsChanges({ rev, prevRev }: RevPosition, known: number): boolean {
  return (prevRev ?? rev - 1) > known;
}

/**
 * Connects all changes that one snapshot shows after `since`, each with the previous one.
 * @param changes in the order of `rev`
 */
export function connectRevs<Change extends RevPosition>(
  since: number,
  changes: readonly Change[],
): readonly (Change & RevPosition)[] {
  return changes.map((change, index) => {
    const prevRev = changes[index - 1]?.rev ?? since;
    return prevRev === change.rev - 1 ? change : { ...change, prevRev };
  });
}
