import type { SessionRevocationsPort } from '../../src/arch/modules/auth/application/ports/session-revocations.port.js';

/** Records the announced sessions, call by call; other nodes may have ended sessions, too. */
export class SessionRevocationsFake implements SessionRevocationsPort {
  readonly announced: (readonly string[])[] = [];
  forgottenUntil = 0;

  /** The sessions whose sockets are closed, in order. */
  get cut(): readonly string[] {
    return [...new Set(this.announced.flat())];
  }

  announceRevocations(sessionIds: readonly string[]): void {
    this.announced.push(sessionIds);
  }

  isRevoked(sessionId: string): boolean {
    return this.announced.flat().includes(sessionId);
  }
}
