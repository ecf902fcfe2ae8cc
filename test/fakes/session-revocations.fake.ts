import type { SessionRevocationsPort } from '../../src/arch/modules/auth/application/ports/session-revocations.port.js';

/** Remembers what was announced, call by call; others may have ended sessions too. */
export class SessionRevocationsFake implements SessionRevocationsPort {
  readonly announced: (readonly string[])[] = [];
  forgottenUntil = 0;

  /** The sessions whose sockets are cut, in order. */
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
