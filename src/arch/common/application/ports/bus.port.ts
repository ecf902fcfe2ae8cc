/**
 * Word to the other nodes, at once and at most once: with Redis it travels over pub/sub; without Redis, or
 * while it is away, nobody hears. What must not be missed is also in the database.
 */
export abstract class BusPort {
  /** Never throws, never waits. This node's own listeners do not hear it. */
  abstract publish(channel: string, message: string): void;
  /** Must be called before the application listens; a listener must not throw. */
  abstract subscribe(channel: string, listener: (message: string) => void): void;
}
