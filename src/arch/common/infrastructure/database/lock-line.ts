import { setTimeout as pause } from 'node:timers/promises';
import { isLockTimeout } from './database-error.js';

/** Maximum milliseconds of waiting for a lock: longer than a migration blocks it. */
const PATIENCE = 2_500;
/** Milliseconds before each further attempt. */
const PAUSE = 50;

/**
 * Work that finds a lock taken gives its connection back and is repeated until the lock is free or its time is over.
 * Only a limited number is repeated at once: work that needs no lock gets a connection, however much waits for one.
 */
export class LockLine {
  private readonly waiting: (() => void)[] = [];

  /** @param free number of repetitions at once */
  constructor(private free: number) {}

  /** @throws what the work throws, UnavailableError when the lock is not released in time */
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
