import type { LRUCache } from 'lru-cache';
import { guardListener } from '../../application/guard-listener.js';
import { boundedCache } from '../bounded-cache.js';
import type { Database } from './database.js';
import { isLockTimeout } from './database-error.js';

/** Keys of one statement: more would make others wait for its answer. */
const MAX_KEYS = 1_000;
/** Milliseconds for which a look-up is repeated: it locks no row, so that only a migration can be in its way. */
const PATIENCE = 5_000;
/** Cached answers of one lookup: about 10 MiB. */
const MAX_CACHED = 65_536;

interface Waiting<Value> {
  readonly key: string;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lookups by key that many ask for at the same time: while one statement is under way the next keys gather,
 * and go out together when it has answered. Every answer is as fresh as a statement of its own, as it
 * starts after the question; answers come in the order of the questions. Inside a transaction each
 * question goes to the transaction's connection by itself. What is cached ends with the database's epoch.
 */
export class BatchedLookup<Value extends boolean | object | null> {
  /** Only of lookups of which some answers may be given again. */
  private readonly cache: LRUCache<string, NonNullable<Value>> | undefined;
  private waiting: Waiting<Value>[] = [];
  private running = false;

  /**
   * @param find answers in the order of the keys
   * @param isCacheable which answers may be given again without asking, until they are evicted; none unless it is there
   */
  constructor(
    private readonly database: Database,
    private readonly find: (keys: readonly string[]) => Promise<readonly Value[]>,
    private readonly isCacheable?: (value: Value) => boolean,
  ) {
    if (!isCacheable) return;
    const cache = boundedCache<string, NonNullable<Value>>(MAX_CACHED);
    this.cache = cache;
    database.epoch.onRenewal(() => cache.clear());
  }

  async findValue(key: string): Promise<Value> {
    if (this.database.inTransaction) return (await this.find([key]))[0] as Value;
    // Whoever has asked before has been answered: nobody is overtaken.
    const known = this.running ? undefined : this.cache?.get(key);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.waiting.push({ key, resolve, reject });
    if (!this.running) {
      this.running = true;
      // At the end of the event loop's turn, so that those who ask in the same turn ask together.
      setImmediate(this.answerAll);
    }
    return promise;
  }

  private readonly answerAll = guardListener(async () => {
    while (this.waiting.length > 0) await this.answerWaiting(this.waiting.splice(0, MAX_KEYS));
    this.running = false;
  });

  private async answerWaiting(asked: readonly Waiting<Value>[]): Promise<void> {
    try {
      const answers = await this.answersTo(new Set(asked.map(({ key }) => key)));
      for (const { key, resolve } of asked) resolve(answers.get(key) as Value);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private async answersTo(keys: ReadonlySet<string>): Promise<ReadonlyMap<string, Value>> {
    const answers = new Map<string, Value>();
    for (const key of keys) {
      const known = this.cache?.get(key);
      if (known !== undefined) answers.set(key, known);
    }
    const unknown = [...keys].filter((key) => !answers.has(key));
    const found = unknown.length > 0 ? await this.findInTime(unknown) : [];
    for (const [index, key] of unknown.entries()) {
      const answer = found[index] as Value;
      answers.set(key, answer);
      if (answer !== null && this.isCacheable?.(answer)) this.cache?.set(key, answer);
    }
    return answers;
  }

  private async findInTime(keys: readonly string[]): Promise<readonly Value[]> {
    const start = performance.now();
    while (performance.now() - start < PATIENCE) {
      try {
        return await this.find(keys);
      } catch (error) {
        if (!isLockTimeout(error)) throw error;
      }
    }
    return this.find(keys);
  }
}
