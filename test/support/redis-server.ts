/** A Redis of one test file, which the test can take away and give back. */
export interface RedisServer {
  readonly url: string;
  /** Gone at once, with all connections and counters. */
  kill(): Promise<void>;
  /** Back at the same address, empty. */
  restart(): Promise<void>;
  /** Connections stay open, but nothing is answered. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}
