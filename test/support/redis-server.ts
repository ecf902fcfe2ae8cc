/** A Redis of one test file, which the test can stop and start again. */
export interface RedisServer {
  readonly url: string;
  /** Stops it at once, with all connections and counters. */
  kill(): Promise<void>;
  /** Starts it again at the same address, empty. */
  restart(): Promise<void>;
  /** Keeps connections open, but answers nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}
