export interface SilenceLimits {
  /** Connections of one address that speak for nobody. */
  readonly perAddress: number;
  /** Milliseconds after which one of them makes room for a newcomer. */
  readonly silence: number;
}

/** Connections that speak for nobody, by the network they come from, those first that have been silent longest. */
export class SilentConnections<T> {
  private readonly networks = new Map<string, Map<T, number>>();
  private readonly networkOf = new Map<T, string>();

  /** @param end ends a connection that makes room */
  constructor(
    private readonly limits: SilenceLimits,
    private readonly end: (connection: T) => void,
  ) {}

  /**
   * The one that has been silent longest, and too long, makes room for another.
   * @returns whether there is room
   */
  add(connection: T, network: string): boolean {
    const others = this.networks.get(network) ?? new Map<T, number>();
    if (others.size >= this.limits.perAddress && !this.makeRoom(others)) return false;
    this.networks.set(network, others.set(connection, performance.now()));
    this.networkOf.set(connection, network);
    return true;
  }

  /** It has said whom it speaks for, or has ended. */
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
