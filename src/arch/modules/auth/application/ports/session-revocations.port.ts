/** Which sessions have ended while access tokens of theirs are still unexpired: known without asking anybody. */
export abstract class SessionRevocationsPort {
  /** Refuses the sessions' access tokens and cuts their sockets: here at once, on other nodes within seconds. */
  abstract announce(sessionIds: readonly string[]): void;
  abstract isRevoked(sessionId: string): boolean;
}
