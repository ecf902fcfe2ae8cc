/** The other nodes that live now, as far as Redis lets them be heard. Without Redis there are none. */
export abstract class NodesPort {
  /**
   * `performance.now()` since which this node has received all that the others have published; null while it may miss
   * something: Redis is unavailable, or a node that has not stopped is silent.
   */
  abstract get hearsAllSince(): number | null;
  /**
   * Asks all other nodes to do something, and waits until those that live have done it, at most 500 ms. Whoever is
   * silent is asked again for five seconds. Never throws.
   * @param subject which listener is asked
   */
  abstract askNodes(subject: string, request: string): Promise<void>;
  /**
   * Registers the one listener of a subject, which must not throw; a request may come more than once. It has been done
   * when the listener returns.
   */
  abstract onRequest(subject: string, listener: (request: string) => void): void;
}
