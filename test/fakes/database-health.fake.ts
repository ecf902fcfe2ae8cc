import type { DatabaseHealthPort } from '../../src/arch/common/application/ports/database-health.port.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';

/** A database that is available until the test makes it unavailable or read-only. */
export class DatabaseHealthFake implements DatabaseHealthPort {
  state: 'there' | 'away' | 'reading only' = 'there';
  /** How often it was checked. */
  asked = 0;
  /** A promise that every answer waits for. */
  held: Promise<void> | undefined;

  async pingDatabase(): Promise<void> {
    this.asked += 1;
    await this.held;
    if (this.state !== 'there') throw new UnavailableError([{ path: 'database', message: this.state }]);
  }
}
