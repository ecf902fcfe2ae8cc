export interface SilenceLimits {
  /** Maximum unauthenticated connections of one address. */
  readonly perAddress: number;
  /** Milliseconds after which one of them is closed for a new one. */
  readonly silence: number;
}

/** Unauthenticated connections by the network they come from, the longest silent first. */
export class SilentConnections<T> {
  private readonly networks = new Map<string, Map<T, number>>();
  private readonly networkOf = new Map<T, string>();

  /** @param end closes a connection to free its place */
  constructor(
    private readonly limits: SilenceLimits,
    private readonly end: (connection: T) => void,
  ) {}

  /**
   * Adds a connection. If necessary, the one that has been silent longest is closed, unless its time is not over yet.
   * @returns whether there is room
   */
  add(connection: T, network: string): boolean {
    const others = this.networks.get(network) ?? new Map<T, number>();
    if (others.size >= this.limits.perAddress && !this.makeRoom(others)) return false;
    this.networks.set(network, others.set(connection, performance.now()));
    this.networkOf.set(connection, network);
    return true;
  }

  /** Removes a connection that has authenticated or ended. */
  delete(connection: T): void {
    const network = this.networkOf.get(connection);
    if (network === undefined) return;
    this.networkOf.delete(connection);
    const others = this.networks.get(network);
    others?.delete(connection);
    if (others?.size === 0) this.networks.delete(network);
  }

  private makeRoom(connections: Map<T, number>): boolean {
    for (const [connection, since] of connections) {
      if (performance.now() - since <= this.limits.silence) return false;
      connections.delete(connection);
      this.networkOf.delete(connection);
      this.end(connection);
      return true;
    }
    return false;
  }
}
