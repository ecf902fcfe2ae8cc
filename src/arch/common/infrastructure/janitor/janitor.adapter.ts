import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import type { JanitorPort, Sweep } from '../../application/ports/janitor.port.js';
import { Database } from '../database/database.js';

/** An arbitrary constant, different from that of the migrations. */
const JANITOR_LOCK = 6_283_186;
/** Rows, or files, of one batch: it takes some milliseconds, after which other work runs. */
const BATCH = 500;
/** Maximum batches of one sweep in a round; the rest is left to the next round. */
const MAX_BATCHES = 20;
/** Milliseconds between two batches. */
const PAUSE = 50;
/** Milliseconds to the first round: long after the start, and different for nodes that start together. */
const FIRST_AFTER = 300_000;
const EVERY = 3_600_000;
const JITTER = 600_000;
/** Milliseconds to the next round when this one has not finished. */
const SOON = 60_000;

interface Round {
  /** Number of removed rows of each sweep that has removed any. */
  readonly removed: Readonly<Record<string, number>>;
  readonly complete: boolean;
}

/** Deletes expired data in the background: small batches with pauses, one node at a time. */
@Injectable()
export class JanitorAdapter implements JanitorPort, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Janitor');
  private readonly sweeps: Sweep[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly database: Database) {}

  get sweepNames(): string[] {
    return this.sweeps.map(({ name }) => name);
  }

  registerSweeps(...sweeps: readonly Sweep[]): void {
    this.sweeps.push(...sweeps);
  }

  onApplicationBootstrap(): void {
    this.scheduleRound(FIRST_AFTER);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Runs every sweep once. A failing one is logged, and the others run nevertheless. */
  async runRound(): Promise<Round> {
    const startedAt = performance.now();
    const removed: Record<string, number> = {};
    let complete = true;
    for (const sweep of this.sweeps) {
      const outcome = await this.runSweep(sweep);
      if (outcome.count > 0) removed[sweep.name] = outcome.count;
      complete &&= outcome.complete;
    }
    if (Object.keys(removed).length > 0) {
      const milliseconds = Math.round(performance.now() - startedAt);
      this.logger.log({ msg: 'Deleted expired data', removed, milliseconds });
    }
    return { removed, complete };
  }

  private async runSweep(sweep: Sweep): Promise<{ count: number; complete: boolean }> {
    let count = 0;
    try {
      for (let batches = 0; batches < MAX_BATCHES && !this.stopped; batches += 1) {
        const gone = await this.runBatch(sweep);
        count += gone;
        if (gone < BATCH) return { count, complete: true };
        await pause(PAUSE);
      }
    } catch (error) {
      this.logger.warn(`Could not sweep ${sweep.name}: ${(error as Error).message}`);
    }
    return { count, complete: false };
  }

  /**
   * The lock ends with the transaction, even if this node fails. A node that does not get it leaves the work to the
   * other one.
   */
  private runBatch(sweep: Sweep): Promise<number> {
    if (sweep.of === 'node') return sweep.batch(BATCH);
    return this.database.runInTransaction(async () => {
      const [row] = await this.database.execute<{ held: boolean }>({
        text: 'select pg_try_advisory_xact_lock($1) as held',
        values: [JANITOR_LOCK],
      });
      return row?.held ? sweep.batch(BATCH) : 0;
    });
  }

  private scheduleRound(after: number): void {
    if (this.stopped) return;
    const work = guardListener(async () => {
      const { complete } = await this.runRound();
      this.scheduleRound(complete ? EVERY : SOON);
    });
    this.timer = setTimeout(work, after + Math.random() * Math.min(after, JITTER)).unref();
  }
}
