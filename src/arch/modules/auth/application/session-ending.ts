import { Injectable } from '@nestjs/common';
import { type SessionEnd, SecurityLogPort } from '../../../common/application/ports/security-log.port.js';
import { SessionRevocationsPort } from './ports/session-revocations.port.js';

/** What follows when sessions have ended in the database: everybody hears of it, and the security log too. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly revocations: SessionRevocationsPort,
    private readonly security: SecurityLogPort,
  ) {}

  /** Call it after the commit. */
  announceEnd(userId: string, sessionIds: readonly string[], reason: SessionEnd): void {
    this.revocations.announceRevocations(sessionIds);
    for (const sessionId of sessionIds) {
      this.security.recordEvent({ event: 'session.ended', userId, sessionId, reason });
    }
  }
}
