import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

/** Milliseconds. */
const PACE = 1_000;
/** Maximum writes that wait for one second to end. */
const PACED_MAX = 4_096;

/** Writes with the same key: the first one at once, later ones together when a second has passed since those before. */
export class PacedWrites {
  /** Those that wait, for each key of which something was written within the second. */
  private readonly waiting = new Map<string, (() => Promise<unknown>)[]>();

  get size(): number {
    return this.waiting.size;
  }

  /** @throws UnavailableError when too much waits already; whatever `write` throws */
  run<Result>(key: string, write: () => Promise<Result>): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<Result>();
    const begin = () => {
      const written = write();
      resolve(written);
      return written;
    };
    const waiting = this.waiting.get(key);
    if (waiting && waiting.length >= PACED_MAX) throw new UnavailableError();
    if (waiting) waiting.push(begin);
    else void this.runAll(key, [begin]);
    return promise;
  }

  private async runAll(key: string, writes: readonly (() => Promise<unknown>)[]): Promise<void> {
    this.waiting.set(key, []);
    await Promise.allSettled(writes.map((write) => write()));
    setTimeout(
      guardListener(() => this.endSecond(key)),
      PACE,
    ).unref();
  }

  private endSecond(key: string): void {
    const waiting = this.waiting.get(key) ?? [];
    if (waiting.length > 0) void this.runAll(key, waiting);
    else this.waiting.delete(key);
  }
}
