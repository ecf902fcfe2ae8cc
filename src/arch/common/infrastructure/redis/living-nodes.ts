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
  /** When a node was last heard for the first time, heard again after a silence, or given up. */
  private completeSince = 0;

  /**
   * What a node published before it was heard may have been lost: also that of one which started while Redis was away.
   * @returns whether the node was unknown
   */
  hear(node: string, now: number): boolean {
    const last = this.heardAt.get(node);
    if (last === undefined || isSilent(last, now)) this.completeSince = now;
    this.heardAt.set(node, now);
    return last === undefined;
  }

  /** A node has stopped: it is not missed. */
  forget(node: string): void {
    this.heardAt.delete(node);
  }

  /** The nodes that have been heard in the last milliseconds, and have not stopped. */
  heardWithin(milliseconds: number, now: number): string[] {
    return [...this.heardAt].flatMap(([node, last]) => (now - last > milliseconds ? [] : [node]));
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
