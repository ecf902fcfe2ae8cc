import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './counts.ts';
import type { OwnServer } from './own-server.ts';
import type { Random } from './random.ts';
import type { Faults } from './verify.ts';

/** Milliseconds between two of them, at least and at most. */
const PAUSE = [2_000, 6_000] as const;

/** Kills the server or its PostgreSQL now and then, and waits until all is well again. */
export class Kills implements Faults {
  private readonly server: OwnServer;
  private readonly counts: Counts;
  private readonly random: Random;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(server: OwnServer, counts: Counts, random: Random) {
    this.server = server;
    this.counts = counts;
    this.random = random;
  }

  begin(): void {
    this.stopping = new AbortController();
    this.running = this.run(this.stopping.signal);
    // Told by `end`.
    this.running.catch(() => undefined);
  }

  async end(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.random.integer(...PAUSE), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if (this.random.chance(0.5)) {
        this.server.killDatabase();
        this.counts.databaseKills += 1;
      } else {
        await this.server.kill();
        this.counts.serverKills += 1;
        await this.server.run();
      }
      while (!(await this.server.isReady())) await delay(50);
    }
  }
}
