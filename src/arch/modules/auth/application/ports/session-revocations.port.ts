/** Which sessions have ended while access tokens of theirs are still unexpired: known without asking anybody. */
export abstract class SessionRevocationsPort {
  /** Refuses the sessions' access tokens and cuts their sockets: here at once, on other nodes within seconds. */
  abstract announceRevocations(sessionIds: readonly string[]): void;
  abstract isRevoked(sessionId: string): boolean;
  /**
   * No token counts that was issued until then (ms): of some sessions it is not known any more that they have ended.
   * Zero unless more ended within the life of a token than can be remembered.
   */
  abstract readonly forgottenUntil: number;
}
