import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import type { RunningPostgres } from 'causerie-embedded-postgres';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { rounds } from './rounds.js';
import { scratchFolder } from './scratch-folder.js';
import { type Standby, startStandby } from './standby-process.js';
import type { TestDatabase } from './test-database.js';

/** Polls, every hundredth of a second for a minute, whether a standby has reached a position. */
const MOST_LOOKS = 6_000;

/**
 * A migrated PostgreSQL, and a hot standby that follows it by asynchronous streaming. A failover is: a `DatabaseProxy`
 * in front, `stopPrimary()`, `proxy.leadTo(pair.standby)`, `promote()`.
 */
export class FailoverPostgres {
  readonly primary: TestDatabase['connection'];
  readonly standby: TestDatabase['connection'];

  private constructor(
    private readonly folder: string,
    private readonly first: RunningPostgres,
    private readonly second: Standby,
  ) {
    this.primary = { ...first.connection, ssl: false };
    this.standby = { ...second.connection, ssl: false };
  }

  static async start(): Promise<FailoverPostgres> {
    const folder = await mkdtemp(join(scratchFolder(), 'causerie-failover-'));
    const log = { debug: () => undefined, warn: () => undefined };
    const first = await startEmbeddedPostgres({ dataDir: join(folder, 'primary'), log });
    await migrate({ ...first.connection, ssl: false });
    const files = join(folder, 'primary', 'postgres');
    const second = await startStandby(first.connection, files, join(folder, 'standby'));
    const pair = new FailoverPostgres(folder, first, second);
    await pair.caughtUp();
    return pair;
  }

  /** Resolves when everything that the primary has committed is visible on the standby. */
  async caughtUp(): Promise<void> {
    const [head] = await this.ask<{ lsn: string }>('primary', 'select pg_current_wal_flush_lsn() as lsn');
    await this.untilStandby(`select pg_last_wal_replay_lsn() >= '${head?.lsn}' as so`);
  }

  /** Stops the streaming to the standby: when it is promoted, it shows the primary's past. */
  async stopStreaming(): Promise<void> {
    await this.ask('standby', `alter system set primary_conninfo = ''`);
    await this.ask('standby', 'select pg_reload_conf()');
    await this.untilStandby('select not exists (select from pg_stat_wal_receiver) as so');
  }

  /** The standby still receives the log, and shows it only after `resumeReplay`, or when it is promoted. */
  async pauseReplay(): Promise<void> {
    await this.ask('standby', 'select pg_wal_replay_pause()');
    await this.untilStandby(`select pg_get_wal_replay_pause_state() = 'paused' as so`);
  }

  async resumeReplay(): Promise<void> {
    await this.ask('standby', 'select pg_wal_replay_resume()');
  }

  /** Resolves when the standby accepts writes, having replayed all of the log that it has received. */
  async promote(): Promise<void> {
    await this.ask('standby', 'select pg_promote(true, 60)');
  }

  /** Ends the old primary; the standby keeps what it has received. */
  async stopPrimary(): Promise<void> {
    await this.first.stop();
  }

  /** Runs one statement on one of the two servers directly, without the proxy. */
  async ask<Row extends QueryResultRow>(which: 'primary' | 'standby', text: string): Promise<Row[]> {
    const client = new Client(this[which]);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.second.stop();
    await this.first.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async untilStandby(isSo: string): Promise<void> {
    for (const _ of rounds(MOST_LOOKS)) {
      const [row] = await this.ask<{ so: boolean | null }>('standby', isSo);
      if (row?.so) return;
      await this.ask('standby', 'select pg_sleep(0.01)');
    }
  }
}
