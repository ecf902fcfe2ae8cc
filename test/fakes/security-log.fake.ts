import type {
  Caller,
  SecurityEvent,
  SecurityLogPort,
} from '../../src/arch/common/application/ports/security-log.port.js';

/** Stores the recorded events. */
export class SecurityLogFake implements SecurityLogPort {
  readonly recorded: SecurityEvent[] = [];

  recordEvent(event: SecurityEvent): void {
    this.recorded.push(event);
  }

  runAsCaller(_: Caller, work: () => void): void {
    work();
  }
}
