import { Injectable } from '@nestjs/common';
import { SecurityLogPort } from '../../../../common/application/ports/security-log.port.js';
import type { SessionEnderPort } from '../../application/ports/session-ender.port.js';
import { SessionRepositoryPort } from '../../application/ports/session-repository.port.js';
import { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';

@Injectable()
export class SessionEnderAdapter implements SessionEnderPort {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly revocations: SessionRevocationsPort,
    private readonly security: SecurityLogPort,
  ) {}

  async endAllOf(userId: string): Promise<void> {
    const ended = await this.sessions.endAllSessions(userId);
    await this.sessions.eraseDevices(userId);
    this.revocations.announceRevocations(ended);
    for (const sessionId of ended) {
      this.security.recordEvent({ event: 'session.ended', userId, sessionId, reason: 'account_deleted' });
    }
  }
}
