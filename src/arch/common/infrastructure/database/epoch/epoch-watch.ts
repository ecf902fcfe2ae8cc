import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../application/guard-listener.js';
import { Database } from '../database.js';

/** Milliseconds between two checks: new connections reveal most changes, but a pooler hides them. */
const CHECK_INTERVAL = 2_000;

/** Checks the epoch periodically, and before the first request. */
@Injectable()
export class EpochWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Database');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.checkEpoch();
    this.scheduleCheck();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Other code logs that the database is unavailable. */
  private async checkEpoch(): Promise<void> {
    try {
      await this.database.readEpoch();
    } catch (error) {
      this.logger.debug(`Could not read the epoch: ${(error as Error).message}`);
    }
  }

  private scheduleCheck(): void {
    const check = guardListener(() => this.checkEpoch().finally(() => this.timer && this.scheduleCheck()));
    this.timer = setTimeout(check, CHECK_INTERVAL).unref();
  }
}
