import type { LRUCache } from 'lru-cache';
import { guardListener } from '../../application/guard-listener.js';
import { boundedCache } from '../bounded-cache.js';
import type { Database } from './database.js';
import { isLockTimeout } from './database-error.js';

/** Maximum keys of one statement: with more, other statements would wait for its answer. */
const MAX_KEYS = 1_000;
/** Milliseconds for which a lookup is repeated: it locks no row, so only a migration can block it. */
const PATIENCE = 5_000;
/** Maximum cached answers of one lookup: about 10 MiB. */
const MAX_CACHED = 65_536;

interface Waiting<Value> {
  readonly key: string;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Batches lookups by key that many callers make at the same time: while one statement is in flight, further keys are
 * collected, and sent together when it has been answered. Every answer is as fresh as that of a separate statement,
 * because its statement starts after the request; answers come in the order of the requests. Inside a transaction each
 * lookup uses the transaction's connection. A new epoch of the database clears the cache.
 */
export class BatchedLookup<Value extends boolean | object | null> {
  /** Only for lookups with cacheable answers. */
  private readonly cache: LRUCache<string, NonNullable<Value>> | undefined;
  private waiting: Waiting<Value>[] = [];
  private running = false;

  /**
   * @param find returns the answers in the order of the keys
   * @param isCacheable whether an answer may be reused until it is evicted; without it none is
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
    // Earlier requests have been answered: none is overtaken.
    const known = this.running ? undefined : this.cache?.get(key);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.waiting.push({ key, resolve, reject });
    if (!this.running) {
      this.running = true;
      // At the end of this turn of the event loop, so that all lookups of the turn share a statement.
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
