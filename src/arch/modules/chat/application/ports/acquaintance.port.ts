/** Two users; the answer about them does not depend on their order. */
export type UserPair = readonly [one: string, other: string];

/** The pairs of a single statement, at most. */
export const PAIRS_MAX = 200;

/** What two users who know each other know: who of them has written to whom in their direct conversation. */
export interface Acquaintance {
  readonly oneHasWritten: boolean;
  readonly otherHasWritten: boolean;
}

export abstract class AcquaintancePort {
  /**
   * Who knows whom now: users share a conversation, and neither has blocked the other. A direct conversation counts from
   * its first message on: before it, the other one does not know of it. Answers in the order of the pairs; null for
   * people who share no conversation, for a block, and for unknown and deleted accounts alike.
   * @param pairs at most `PAIRS_MAX`; a user may be paired with itself
   */
  abstract findAcquaintances(pairs: readonly UserPair[]): Promise<(Acquaintance | null)[]>;
}
