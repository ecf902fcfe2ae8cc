/** Somebody has begun or ended to write; known to those only who listen at that moment. */
export interface Typing {
  readonly conversationId: string;
  readonly userId: string;
  readonly isTyping: boolean;
  /** From when on it is over, unless it is said again. */
  readonly expiresAt: Date;
}
