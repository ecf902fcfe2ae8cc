import type { Database } from './database.js';

/** Keys of one statement: more would make others wait for its answer. */
const MAX_KEYS = 1_000;

interface Waiting<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lookups by key that many ask for at the same time: while one statement is under way the next keys gather,
 * and go out together when it has answered. Every answer is as fresh as a statement of its own, as it
 * starts after the question; answers come in the order of the questions. Inside a transaction each
 * question goes to the transaction's connection by itself.
 */
export class BatchedLookup<Key, Value> {
  private waiting: Waiting<Key, Value>[] = [];
  private running = false;

  /** @param find answers in the order of the keys; keys may repeat */
  constructor(
    private readonly database: Database,
    private readonly find: (keys: readonly Key[]) => Promise<readonly Value[]>,
  ) {}

  async get(key: Key): Promise<Value> {
    if (this.database.inTransaction) return (await this.find([key]))[0] as Value;
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.waiting.push({ key, resolve, reject });
    if (!this.running) {
      this.running = true;
      // A turn later, so that those who ask in the same turn ask together.
      process.nextTick(() => void this.answerAll());
    }
    return promise;
  }

  private async answerAll(): Promise<void> {
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, MAX_KEYS));
    this.running = false;
  }

  private async answer(asked: Waiting<Key, Value>[]): Promise<void> {
    try {
      const found = await this.find(asked.map(({ key }) => key));
      for (const [index, { resolve }] of asked.entries()) resolve(found[index] as Value);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
