import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type {
  OpenedSession,
  SessionRepositoryPort,
} from '../../src/arch/modules/auth/application/ports/session-repository.port.js';

export class SessionRepositoryFake implements SessionRepositoryPort {
  /** Session ids, and whose they are. */
  readonly owners = new Map<string, string>();

  async open(userId: string): Promise<OpenedSession> {
    const id = randomUUIDv7();
    this.owners.set(id, userId);
    return { id, refreshToken: randomBytes(32).toString('base64url') };
  }
}
