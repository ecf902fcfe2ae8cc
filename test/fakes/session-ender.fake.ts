import type { SessionEnderPort } from '../../src/arch/common/application/ports/session-ender.port.js';

/** Remembers whose sessions it ended. */
export class SessionEnderFake implements SessionEnderPort {
  readonly ended: string[] = [];

  async endAllOf(userId: string): Promise<void> {
    this.ended.push(userId);
  }
}
