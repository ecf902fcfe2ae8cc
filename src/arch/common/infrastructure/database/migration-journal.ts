import { type Client, escapeIdentifier } from 'pg';
import type { Migration } from './migration-files.js';
import type { MigrationStep } from './migration-steps.js';

/** Drizzle's own table, so that its tools and our earlier versions see the applied migrations. */
const APPLIED = '__drizzle_migrations';
/** How many statements have been executed of a migration that is in progress, or was when its process ended. */
const PROGRESS = 'migration_progress';

export interface NextStep {
  readonly migration: Migration;
  readonly step: MigrationStep;
}

/** The database's record of its migrations, read anew each time: another server may be applying them, too. */
export class MigrationJournal {
  constructor(
    private readonly client: Client,
    private readonly plan: ReadonlyMap<Migration, readonly MigrationStep[]>,
    private readonly schema: string,
  ) {}

  /** The first step that the database lacks; undefined when it has all. */
  async nextStep(): Promise<NextStep | undefined> {
    const applied = await this.readTable(APPLIED, 'created_at as when, 0 as statements');
    const progress = await this.readTable(PROGRESS, 'created_at as when, statements');
    for (const [migration, steps] of this.plan) {
      const { when } = migration;
      if (applied.has(when)) continue;
      const step = steps.find(({ done }) => done > (progress.get(when) ?? 0));
      if (step) return { migration, step };
    }
    return undefined;
  }

  /** Creates the missing tables of the journal. */
  async createMissingTables(): Promise<void> {
    // "If not exists" would require the permission to create a schema that exists.
    if (!(await this.hasSchema())) {
      await this.client.query(`create schema ${escapeIdentifier(this.schema)}`);
    }
    if (!(await this.hasTable(APPLIED))) {
      await this.client.query(`
        create table ${this.tablePath(APPLIED)} (id serial primary key, hash text not null, created_at bigint);
      `);
    }
    if (!(await this.hasTable(PROGRESS))) {
      await this.client.query(
        `create table ${this.tablePath(PROGRESS)} (created_at bigint primary key, statements integer not null)`,
      );
    }
  }

  /** Replaces the journal's name in a statement by its qualified one. */
  inPlace(statement: string): string {
    return statement.replaceAll(`drizzle.${APPLIED}`, this.tablePath(APPLIED));
  }

  /** Runs in the step's own transaction. */
  async recordStep({ migration, step }: NextStep): Promise<void> {
    const { when, hash, statements } = migration;
    if (step.done < statements.length) {
      await this.client.query(
        `insert into ${this.tablePath(PROGRESS)} values ($1, $2) on conflict (created_at) do update set statements = $2`,
        [when, step.done],
      );
      return;
    }
    await this.client.query(`delete from ${this.tablePath(PROGRESS)} where created_at = $1`, [when]);
    await this.client.query(`insert into ${this.tablePath(APPLIED)} (hash, created_at) values ($1, $2)`, [
      hash,
      when,
    ]);
  }

  private tablePath(table: string): string {
    return `${escapeIdentifier(this.schema)}.${table}`;
  }

  private async readTable(table: string, columns: string): Promise<Map<number, number>> {
    if (!(await this.hasTable(table))) return new Map();
    const { rows } = await this.client.query<{ when: string; statements: number }>(
      `select ${columns} from ${this.tablePath(table)}`,
    );
    return new Map(rows.map(({ when, statements }) => [Number(when), statements]));
  }

  private async hasSchema(): Promise<boolean> {
    const { rowCount } = await this.client.query('select from pg_namespace where nspname = $1', [
      this.schema,
    ]);
    return rowCount === 1;
  }

  /** This is a separate statement: in the same one `to_regclass` might answer from before a wait for the lock. */
  private async hasTable(table: string): Promise<boolean> {
    const { rowCount } = await this.client.query(
      'select from pg_tables where schemaname = $1 and tablename = $2',
      [this.schema, table],
    );
    return rowCount === 1;
  }
}
