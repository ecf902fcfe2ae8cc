import { guardListener } from '../../application/guard-listener.js';
import type { DatabaseHealthPort } from '../../application/ports/database-health.port.js';

/** Milliseconds for which an answer is given again. */
const LASTS_MS = 1_000;

/**
 * Asks the database at most once at a time, and gives the answer, good or bad, to all who ask while it is under way
 * or within a second of it: whoever may ask without limit costs nobody else anything.
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
    const forgetLater = () => setTimeout(forget, LASTS_MS).unref();
    void answer.then(forgetLater, forgetLater);
    return answer;
  }
}
