/** Who hears of a changed profile. */
export interface ProfileAudience {
  /** The conversations of which the user is a member. */
  readonly conversationIds: readonly string[];
  /** Whom the user has blocked, and who has blocked the user. */
  readonly blockedIds: ReadonlySet<string>;
}

/** The conversations of a single question about what was written, at most. */
export const WRITTEN_MAX = 1_000;

export abstract class ProfileAudiencePort {
  /** As of now; a thread has the members of its parent, and is not named. */
  abstract findAudience(userId: string): Promise<ProfileAudience>;
  /**
   * Those of the conversations, threads included, in which the user has written: of a deleted account, which is no member any
   * more.
   * @param conversationIds at most `WRITTEN_MAX`
   */
  abstract findWritten(userId: string, conversationIds: readonly string[]): Promise<string[]>;
}
