import { randomUUID } from 'node:crypto';
import type { SessionEnderPort } from '../../src/arch/modules/auth/application/ports/session-ender.port.js';

interface OpenedSession {
  readonly userId: string;
  hasEnded: boolean;
  /** Whether it is still known from where it was used. */
  isTraced: boolean;
}

/** Remembers whose sessions it ended, and what has become of those that it was told of. */
export class SessionEnderFake implements SessionEnderPort {
  readonly ended: string[] = [];
  readonly sessions = new Map<string, OpenedSession>();

  open(userId: string): string {
    const id = randomUUID();
    this.sessions.set(id, { userId, hasEnded: false, isTraced: true });
    return id;
  }

  async endAllOf(userId: string): Promise<void> {
    this.ended.push(userId);
    for (const session of this.sessions.values()) {
      if (session.userId === userId) Object.assign(session, { hasEnded: true, isTraced: false });
    }
  }
}
