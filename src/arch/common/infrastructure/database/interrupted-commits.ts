import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import type { Telling } from '../../application/ports/transaction-runner.port.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';

/** Milliseconds between two rounds of looks. */
const LOOK_AGAIN = 100;
/** Tellings that may wait: some kilobytes each. Beyond, the oldest are given up: their listeners see it when they look. */
const MAX_WAITING = 1_000;

/** What is to be told of transactions of which it is unknown whether they were committed, until that is known. */
export class InterruptedCommits {
  private readonly logger = new Logger(InterruptedCommits.name);
  private readonly waiting: Telling[] = [];
  private looking = false;

  /** @param isClosed whether the database will not answer any more */
  constructor(private readonly isClosed: () => boolean) {}

  add(tellings: readonly Telling[]): void {
    this.waiting.push(...tellings);
    const tooMany = this.waiting.splice(0, this.waiting.length - MAX_WAITING).length;
    if (tooMany > 0) this.logger.error(`${tooMany} interrupted commits will not be told: too many wait.`);
    if (!this.looking) this.look();
  }

  private readonly look = guardListener(async () => {
    this.looking = true;
    while (this.waiting.length > 0 && !this.isClosed()) {
      for (const telling of this.waiting.splice(0)) await this.settle(telling);
      if (this.waiting.length > 0) await setTimeout(LOOK_AGAIN, undefined, { ref: false });
    }
    this.looking = false;
  });

  private async settle(telling: Telling): Promise<void> {
    try {
      if (!this.isClosed() && (await telling.isStored())) telling.tell();
    } catch (error) {
      if (error instanceof UnavailableError) this.waiting.push(telling);
      else this.logger.error(error, 'What an interrupted commit has stored could not be told.');
    }
  }
}
