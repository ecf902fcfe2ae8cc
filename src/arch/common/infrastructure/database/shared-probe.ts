import { guardListener } from '../../application/guard-listener.js';
import type { DatabaseHealthPort } from '../../application/ports/database-health.port.js';

/** Milliseconds for which an answer is reused. */
const CACHED_MS = 1_000;

/**
 * Probes the database at most once at a time, and shares the result, good or bad, with all callers while the probe is
 * in flight and for a second afterwards: health checks without a limit cost other requests nothing.
 */
export class SharedProbe implements DatabaseHealthPort {
  private answer: Promise<void> | undefined;

  constructor(private readonly database: DatabaseHealthPort) {}

  pingDatabase(): Promise<void> {
    this.answer ??= this.sendProbe();
    return this.answer;
  }

  private sendProbe(): Promise<void> {
    const answer = this.database.pingDatabase();
    const forget = guardListener(() => (this.answer = undefined));
    const forgetLater = () => setTimeout(forget, CACHED_MS).unref();
    void answer.then(forgetLater, forgetLater);
    return answer;
  }
}
