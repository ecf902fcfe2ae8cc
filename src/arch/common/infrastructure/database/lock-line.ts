import { setTimeout as pause } from 'node:timers/promises';
import { isLockTimeout } from './database-error.js';

/** Milliseconds for which a lock is waited for in all: longer than a migration stands in the way. */
const PATIENCE = 2_500;
/** Milliseconds before each further attempt. */
const PAUSE = 50;

/**
 * Work that has found something locked gives its connection back, and is done again until it finds it free or has
 * waited for long enough. Of such work only some is done again at once: whoever needs no lock finds a connection, however
 * many wait for one.
 */
export class LockLine {
  private readonly waiting: (() => void)[] = [];

  /** @param free how many may try again at once */
  constructor(private free: number) {}

  /** @throws what the work throws, UnavailableError when somebody keeps the lock */
  async waitForTurn<T>(work: () => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE;
    let refusal: unknown;
    try {
      return await work();
    } catch (error) {
      refusal = lockTimeout(error);
    }
    while (performance.now() < until) {
      await pause(PAUSE);
      await this.takeTurn();
      try {
        if (performance.now() < until) return await work();
      } catch (error) {
        refusal = lockTimeout(error);
      } finally {
        this.giveTurn();
      }
    }
    throw refusal;
  }

  private async takeTurn(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private giveTurn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

/** @throws any other error */
function lockTimeout(error: unknown): unknown {
  if (!isLockTimeout(error)) throw error;
  return error;
}
