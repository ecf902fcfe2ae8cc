import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './counts.ts';
import type { OwnCluster } from './own-cluster.ts';
import type { OwnServer } from './own-server.ts';
import type { Random } from './random.ts';
import type { Faults } from './verify.ts';

/** Minimum and maximum milliseconds between two kills. */
const KILL_INTERVAL = [2_000, 6_000] as const;

const MAX_RESTARTS = 20;

/** Kills a node, its PostgreSQL or both at random times, and waits until all nodes are ready again. */
export class Kills implements Faults {
  private readonly cluster: OwnCluster;
  private readonly counts: Counts;
  private readonly random: Random;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(cluster: OwnCluster, counts: Counts, random: Random) {
    this.cluster = cluster;
    this.counts = counts;
    this.random = random;
  }

  begin(): void {
    this.stopping = new AbortController();
    this.running = this.run(this.stopping.signal);
    // `end` throws the error.
    this.running.catch(() => undefined);
  }

  async end(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.random.integer(...KILL_INTERVAL), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const what = this.random.integer(0, 2);
      const node = what === 0 ? undefined : this.random.pick(this.cluster.nodes);
      if (what !== 1 && this.cluster.database) {
        this.cluster.database.kill();
        this.counts.databaseKills += 1;
      }
      if (node) {
        await node.kill();
        this.counts.serverKills += 1;
        await this.restart(node);
      }
      while (!(await this.cluster.isReady())) await delay(50);
    }
  }

  /** Repeats the start, as a supervisor does, because a node does not start while its database is starting. */
  private async restart(node: OwnServer): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await node.run();
        return;
      } catch (error) {
        if (tries === MAX_RESTARTS) throw error;
        await delay(500);
      }
    }
  }
}
