/** What decides whether a user may reach another one; all of it is about the other one. */
export interface Reach {
  /** Who may add the other one, or open a direct conversation: the setting of that account. */
  readonly addableBy: 'everyone' | 'contacts' | 'nobody';
  /** Whether the other one has written to the user in their direct conversation. */
  readonly hasWritten: boolean;
  /** Whether the other one has blocked the user. */
  readonly hasBlocked: boolean;
  /** Whether the user has blocked the other one. */
  readonly isBlocked: boolean;
}
