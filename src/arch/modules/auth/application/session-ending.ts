import { Injectable } from '@nestjs/common';
import { type SessionEnd, SecurityLogPort } from '../../../common/application/ports/security-log.port.js';
import { SessionRevocationsPort } from './ports/session-revocations.port.js';

/** Announces sessions that have ended in the database, to all nodes and to the security log. */
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
