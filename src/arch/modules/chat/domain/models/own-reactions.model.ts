/** All reactions of one user to a message. */
export interface OwnReactions {
  readonly messageId: string;
  /** The `rev` of the message to which the set belongs: of two, the one with the higher `rev` holds. */
  readonly rev: number;
  /** In the order of time; empty when there are none any more. */
  readonly emojis: readonly string[];
}
