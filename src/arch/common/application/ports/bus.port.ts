/**
 * Messages to the other nodes, at once and at most once: with Redis they travel over pub/sub; without Redis, or
 * while it is away, nobody receives them. What must not be missed is also in the database. Nothing here throws or waits,
 * and a node does not receive its own messages.
 */
export abstract class BusPort {
  /** False without `REDIS_URL`: there are no other nodes then, and nothing needs to be encoded for them. */
  abstract readonly reachesNodes: boolean;

  /** To all other nodes: for rare news, as every node receives the messages of every channel. */
  abstract publish(channel: string, message: string): void;
  /** Must be called before the application listens; a listener must not throw. */
  abstract subscribe(channel: string, listener: (message: string) => void): void;

  /**
   * To the nodes that have subscribed to the topic, in the order of this node's calls: for what is frequent, as a topic has
   * a Redis channel of its own.
   */
  abstract publishToTopic(topic: string, message: string): void;
  /** A topic has one listener. A node that is connected to Redis receives the messages as soon as Redis has answered. */
  abstract subscribeToTopic(topic: string, listener: (message: string) => void): void;
}
