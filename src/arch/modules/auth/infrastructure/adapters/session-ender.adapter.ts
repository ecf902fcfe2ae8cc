import { Injectable } from '@nestjs/common';
import type { SessionEnderPort } from '../../../../common/application/ports/session-ender.port.js';
import { SessionRepositoryPort } from '../../application/ports/session-repository.port.js';
import { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';

@Injectable()
export class SessionEnderAdapter implements SessionEnderPort {
  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly revocations: SessionRevocationsPort,
  ) {}

  async endAllOf(userId: string): Promise<void> {
    this.revocations.announce(await this.sessions.endAll(userId));
  }
}
