import type { Client } from 'pg';
import type { Migration } from './migration-files.js';
import type { MigrationStep } from './migration-steps.js';

/** Drizzle's own table, so that its tools and earlier versions of ours see what has been applied. */
const APPLIED = 'drizzle.__drizzle_migrations';
/** How many statements of a migration are done that is under way, or was when its process ended. */
const PROGRESS = 'drizzle.migration_progress';

/** What the database says of its migrations. */
export class MigrationJournal {
  private constructor(
    private readonly client: Client,
    private readonly applied: ReadonlySet<number>,
    private readonly progress: ReadonlyMap<number, number>,
  ) {}

  static async open(client: Client): Promise<MigrationJournal> {
    // "If not exists" would tell of a table that is there in a notice, which nobody needs.
    await client.query(`
      set client_min_messages = warning;
      create schema if not exists drizzle;
      create table if not exists ${APPLIED} (id serial primary key, hash text not null, created_at bigint);
      create table if not exists ${PROGRESS} (created_at bigint primary key, statements integer not null);
    `);
    const applied = await client.query<{ when: string }>(`select created_at as when from ${APPLIED}`);
    const under = await client.query<{ statements: number; when: string }>(
      `select statements, created_at as when from ${PROGRESS}`,
    );
    return new MigrationJournal(
      client,
      new Set(applied.rows.map(({ when }) => Number(when))),
      new Map(under.rows.map(({ when, statements }) => [Number(when), statements])),
    );
  }

  has({ when }: Migration): boolean {
    return this.applied.has(when);
  }

  /** How many of its statements are done. */
  progressOf({ when }: Migration): number {
    return this.progress.get(when) ?? 0;
  }

  /** In the step's own transaction. */
  async note({ when, hash, statements }: Migration, { done }: MigrationStep): Promise<void> {
    if (done < statements.length) {
      await this.client.query(
        `insert into ${PROGRESS} values ($1, $2) on conflict (created_at) do update set statements = $2`,
        [when, done],
      );
      return;
    }
    await this.client.query(`delete from ${PROGRESS} where created_at = $1`, [when]);
    await this.client.query(`insert into ${APPLIED} (hash, created_at) values ($1, $2)`, [hash, when]);
  }
}
