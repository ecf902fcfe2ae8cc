import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { foldName, NAME_FOLDING } from '../../../../common/domain/search-name.js';
import { Database } from '../../../../common/infrastructure/database/database.js';

/** Names of one transaction: some milliseconds. */
const BATCH = 500;
/** Milliseconds between two batches, in which other work runs. */
const PAUSE = 20;
/**
 * Milliseconds: an older node, or a manual statement, may store a name at any time; until then a substitute makes it
 * searchable.
 */
const EVERY = 60_000;

/** Folds names again that an older node or version has stored, from the start on, while the node serves. */
@Injectable()
export class NameFolding implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('NameFolding');
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.scheduleNext();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async scheduleNext(): Promise<void> {
    const count = await this.attemptBatch();
    if (this.stopped) return;
    const work = guardListener(() => this.scheduleNext());
    this.timer = setTimeout(work, count < BATCH ? EVERY : PAUSE).unref();
  }

  /** Other code logs that the database is unavailable. */
  private async attemptBatch(): Promise<number> {
    try {
      const count = await this.database.runInTransaction(() => this.foldBatch());
      if (count > 0) this.logger.log(`Folded ${count} names for the search.`);
      return count;
    } catch (error) {
      this.logger.debug(`Could not fold names: ${(error as Error).message}`);
      return 0;
    }
  }

  /** Locked rows are left to the next time: another node folds them, or a user is changing the name. */
  private async foldBatch(): Promise<number> {
    const rows = await this.database.execute<{ id: string; display_name: string }>({
      text: `select id, display_name from users where search_folding < $1
             order by search_folding limit $2 for no key update skip locked`,
      values: [NAME_FOLDING, BATCH],
    });
    if (rows.length === 0) return 0;
    await this.database.execute({
      text: `update users set search_name = folded.name, search_folding = $3
             from unnest($1::uuid[], $2::text[]) as folded (id, name) where users.id = folded.id`,
      values: [rows.map(({ id }) => id), rows.map((row) => foldName(row.display_name)), NAME_FOLDING],
    });
    return rows.length;
  }
}
