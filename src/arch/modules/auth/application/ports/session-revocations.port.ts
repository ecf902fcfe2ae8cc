/** The sessions that have ended while access tokens of theirs are unexpired, in memory. */
export abstract class SessionRevocationsPort {
  /** Refuses the sessions' access tokens and closes their sockets: on this node at once, on others within seconds. */
  abstract announceRevocations(sessionIds: readonly string[]): void;
  abstract isRevoked(sessionId: string): boolean;
  /**
   * Tokens issued up to this time (ms) are refused, because ended sessions of that time have been evicted. Zero unless
   * more sessions ended within the lifetime of a token than fit into memory.
   */
  abstract readonly forgottenUntil: number;
}
