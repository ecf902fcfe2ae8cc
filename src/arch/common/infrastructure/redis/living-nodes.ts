/** Milliseconds without a heartbeat after which a node counts as silent: three heartbeats. */
export const SILENT_AFTER = 1_500;
/**
 * Milliseconds for which a silent node is kept. It has crashed, or it is cut off from Redis and still serves; what it
 * publishes then does not arrive.
 */
const KEPT = 600_000;

/** The other nodes that have been heard, by their heartbeats. All times are `performance.now()`. */
export class LivingNodes {
  private readonly heardAt = new Map<string, number>();
  /** When the last silent node was heard again, or given up. */
  private completeSince = 0;

  /** Returns whether the node was unknown. */
  hear(node: string, now: number): boolean {
    const last = this.heardAt.get(node);
    if (last !== undefined && isSilent(last, now)) this.completeSince = now;
    this.heardAt.set(node, now);
    return last === undefined;
  }

  /** A node has stopped: it is not missed. */
  forget(node: string): void {
    this.heardAt.delete(node);
  }

  /** The nodes that live. */
  living(now: number): string[] {
    return [...this.heardAt].flatMap(([node, last]) => (isSilent(last, now) ? [] : [node]));
  }

  /** Since when all known nodes have been heard without interruption; null while one is silent. */
  heardSince(now: number): number | null {
    for (const [node, last] of this.heardAt) {
      if (now - last > KEPT) {
        this.heardAt.delete(node);
        this.completeSince = now;
      } else if (isSilent(last, now)) return null;
    }
    return this.completeSince;
  }
}

const isSilent = (last: number, now: number): boolean => now - last > SILENT_AFTER;
