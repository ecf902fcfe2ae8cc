import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { InFlightWork } from '../../../../common/application/in-flight-work.js';
import { MinuteLog } from '../../../../common/application/minute-log.js';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';
import { SessionRepositoryPort } from '../../application/ports/session-repository.port.js';
import type { SuccessorUsesPort } from '../../application/ports/successor-uses.port.js';

/** Successors known to be used; the use of an evicted one is stored once more, which changes nothing. */
const MAX_NOTED = 50_000;
/** Maximum uses that wait while the database is unavailable. */
const MAX_WAITING = 10_000;
/** Maximum uses in one statement. */
const MAX_STORED = 1_000;
/** Milliseconds before a use is stored: tabs that have presented the same token at once get their answers meanwhile. */
const DELAY = 50;
/** Milliseconds after which uses that could not be stored are tried again. */
const RETRY = 1_000;

/** Stores uses beside the requests, those of 50 ms in one statement. */
@Injectable()
export class SuccessorUsesAdapter implements SuccessorUsesPort, OnModuleDestroy {
  private readonly logger = new Logger('SuccessorUses');
  private readonly failures = new MinuteLog<unknown>((count, last) =>
    this.logger.warn(`That refreshed tokens are used could not be stored (${count}): ${String(last)}`),
  );
  private readonly noted = boundedCache<string, true>(MAX_NOTED);
  /** Noted, and not stored yet. */
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  /** Statements take turns. */
  private storing = Promise.resolve();

  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly work: InFlightWork,
  ) {}

  noteUse(successorId: string): void {
    if (this.noted.get(successorId)) return;
    if (this.waiting.size >= MAX_WAITING) return this.failures.logDetail('too many wait for the database');
    this.noted.set(successorId, true);
    this.waiting.add(successorId);
    if (this.isStopped) this.storeWaiting();
    else this.storeIn(DELAY);
  }

  /** What waits is stored at once, and tried no more. The drain waits for it as for other work in flight. */
  onModuleDestroy(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.storeWaiting();
  }

  private storeIn(pause: number): void {
    this.timer ??= setTimeout(this.storeWaiting, pause).unref();
  }

  private readonly storeWaiting = guardListener(() => {
    this.timer = undefined;
    this.work.beginOwnWork();
    this.storing = this.storing
      .then(() => this.storeBatches([...this.waiting]))
      .catch((error: unknown) => {
        this.failures.logDetail(error);
        if (!this.isStopped) this.storeIn(RETRY);
      })
      .finally(() => this.work.endOwnWork());
  });

  private async storeBatches(successorIds: readonly string[]): Promise<void> {
    for (let start = 0; start < successorIds.length; start += MAX_STORED) {
      const batch = successorIds.slice(start, start + MAX_STORED);
      await this.sessions.storeUses(batch);
      for (const successorId of batch) this.waiting.delete(successorId);
    }
  }
}
