import { randomUUID } from 'node:crypto';
import type { SessionEnderPort } from '../../src/arch/modules/auth/application/ports/session-ender.port.js';

interface OpenedSession {
  readonly userId: string;
  hasEnded: boolean;
  /** Whether its address and user agent are still stored. */
  isTraced: boolean;
}

/** Records whose sessions it ended, and the state of the sessions that it knows. */
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
