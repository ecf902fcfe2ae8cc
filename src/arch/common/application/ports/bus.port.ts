/**
 * Publishes messages to the other nodes, at once and at most once: with Redis over pub/sub; without Redis, or while it
 * is unavailable, no node receives them. State that must not be lost is also in the database. No method throws or
 * waits, and a node does not receive its own messages.
 */
export abstract class BusPort {
  /**
   * How long this node has been connected to the others, in `performance.now()`: the begin of the present connection,
   * and the time when it last received something of its own; null without a connection.
   */
  abstract get connection(): { readonly since: number; readonly heardAt: number } | null;

  /** False without `REDIS_URL`: there are no other nodes then, and nothing needs to be encoded for them. */
  abstract readonly reachesNodes: boolean;

  /** Publishes to all other nodes. For rare messages, as every node receives those of every channel. */
  abstract publish(channel: string, message: string): void;
  /** Must be called before the application listens; a listener must not throw. */
  abstract subscribe(channel: string, listener: (message: string) => void): void;

  /**
   * Publishes to the nodes that have subscribed to the topic, in the order of this node's calls. For frequent messages,
   * as a topic has its own Redis channel.
   */
  abstract publishToTopic(topic: string, message: string): void;
  /**
   * A topic has one listener. A node that is connected to Redis receives messages once Redis has answered the
   * subscription.
   */
  abstract subscribeToTopic(topic: string, listener: (message: string) => void): void;
}
