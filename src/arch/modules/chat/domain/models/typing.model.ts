/** A member has begun or ended to write; only connected clients get to know it. */
export interface Typing {
  readonly conversationId: string;
  readonly userId: string;
  readonly isTyping: boolean;
  /** The time at which it expires without another signal. */
  readonly expiresAt: Date;
}
