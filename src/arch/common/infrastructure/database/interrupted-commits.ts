import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import type { InFlightWork } from '../../application/in-flight-work.js';
import type { Publication } from '../../application/ports/transaction-runner.port.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';

/** Milliseconds between two rounds of checks. */
const RETRY_INTERVAL = 100;
/**
 * Maximum waiting transactions, some kilobytes each. Above it the oldest are dropped: clients find their changes when
 * they catch up.
 */
const MAX_WAITING = 1_000;
/** Checks in flight: some round trips each, and one that waits for a lock must not delay all others. */
const MAX_CONCURRENT = 4;

/** Holds the publications of transactions whose outcome is unknown, until it is known. */
export class InterruptedCommits {
  private readonly logger = new Logger(InterruptedCommits.name);
  private readonly waiting: Publication[] = [];
  private checking = false;

  /**
   * @param isClosed whether the database is closed
   * @param work what a shutdown waits for
   */
  constructor(
    private readonly isClosed: () => boolean,
    private readonly work: InFlightWork,
  ) {}

  add(publications: readonly Publication[]): void {
    this.waiting.push(...publications);
    const tooMany = this.waiting.splice(0, this.waiting.length - MAX_WAITING).length;
    if (tooMany > 0)
      this.logger.error(`${tooMany} interrupted commits will not be published: too many wait.`);
    if (!this.checking) this.checkAll();
  }

  private readonly checkAll = guardListener(async () => {
    this.checking = true;
    this.work.beginOwnWork();
    while (this.waiting.length > 0 && !this.isClosed()) {
      const left = this.waiting.splice(0).values();
      await Promise.all(Array.from({ length: MAX_CONCURRENT }, () => this.settleAll(left)));
      if (this.waiting.length > 0) await setTimeout(RETRY_INTERVAL, undefined, { ref: false });
    }
    this.checking = false;
    this.work.endOwnWork();
  });

  /** @param left shared by several workers, each of which takes the next element */
  private async settleAll(left: Iterable<Publication>): Promise<void> {
    for (const publication of left) await this.settleCommit(publication);
  }

  private async settleCommit(publication: Publication): Promise<void> {
    try {
      if (!this.isClosed() && (await publication.isStored())) publication.publish();
    } catch (error) {
      if (error instanceof UnavailableError) this.waiting.push(publication);
      else this.logger.error(error, 'The events of an interrupted commit could not be published.');
    }
  }
}
