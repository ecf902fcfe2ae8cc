/** Maximum read positions of one conversation that are answered with its changes. */
export const READS_MAX = 500;
/**
 * By how many changes a mark may be stored late: its transaction may commit after later changes have been read by somebody,
 * who then asks only for what follows them. Positions of so many changes before are answered, too: again, mostly, which is
 * harmless.
 */
export const READS_SLACK = 200;

/** Up to where a member has read, as its reader is shown it. */
interface ShownPosition {
  readonly userId: string;
  /** At least: a message that the member has sent since moves it, too. */
  readonly lastReadSeq: number;
}

/** The read positions of a conversation that have moved by marks. */
export interface MovedPositions {
  /** Those that have moved last come first. */
  readonly reads: readonly ShownPosition[];
  /** True when there may be more: the list of members has all. */
  readonly readsTruncated: boolean;
}
