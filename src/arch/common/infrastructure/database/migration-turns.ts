import { setTimeout as delay } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { MigrationJournal, NextStep } from './migration-journal.js';
import type { MigrationStep } from './migration-steps.js';

/** Milliseconds; for each transaction of a migration. */
export interface Patience {
  /**
   * How long a request for a lock may block requests behind it. More than PostgreSQL's `deadlock_timeout` (1 s), after
   * which an autovacuum that holds the lock gives up.
   */
  readonly lockTimeout: number;
  /** A pause in which blocked requests of other nodes are served. */
  readonly pause: number;
  readonly attempts: number;
}

/** An arbitrary constant: servers that start together on one database take turns under this lock. */
const MIGRATION_LOCK = 6_283_185;
/** lock_not_available and deadlock_detected: the transaction has done nothing, and may be repeated. */
const IN_THE_WAY = new Set(['55P03', '40P01']);
/**
 * A role may have its own timeouts, and creating an index takes as long as necessary. The settings end with the
 * transaction.
 */
const BEGIN =
  'begin isolation level read committed; set local client_min_messages = warning; ' +
  'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0';

/** What another session holds while a transaction of a migration cannot begin. */
type Obstacle = 'turn' | NextStep;

/**
 * Applies migrations step by step, each in a transaction that takes the lock between servers, reads behind it what is
 * still to be done, and releases the lock with its end, so that it works through a pooler as well.
 */
export class MigrationTurns {
  /**
   * @param warn called with one line for each failed attempt
   * @param onApplied called with the name of each migration whose last step is committed
   */
  constructor(
    private readonly client: Client,
    private readonly journal: MigrationJournal,
    private readonly patience: Patience,
    private readonly warn: (line: string) => void,
    private readonly onApplied: (tag: string) => void = () => undefined,
  ) {}

  /**
   * Applies the next step, repeatedly while another session holds its locks.
   * @returns whether there was one
   * @throws StartupError when the last attempt has failed, too
   */
  async applyNextStep(): Promise<boolean> {
    const { attempts, lockTimeout, pause } = this.patience;
    let obstacle: Obstacle = 'turn';
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const outcome = await this.attemptStep();
      if (typeof outcome === 'boolean') return outcome;
      obstacle = outcome;
      const count = `attempt ${attempt} of ${attempts}`;
      if (obstacle === 'turn') {
        this.warn(`Another server is migrating the database: waiting for it, ${count}.`);
        continue;
      }
      const { migration, step } = obstacle;
      this.warn(
        `Migration ${migration.tag} could not lock ${tablesOf(step)} within ${lockTimeout} ms, ${count}.`,
      );
      if (attempt < attempts) await delay(pause);
    }
    throw new StartupError(await this.reasonToGiveUp(obstacle));
  }

  private async attemptStep(): Promise<boolean | Obstacle> {
    let obstacle: Obstacle = 'turn';
    await this.client.query(BEGIN);
    try {
      await this.waitBeforeRetry(this.patience.lockTimeout + this.patience.pause);
      await this.client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const next = await this.journal.nextStep();
      if (next) {
        obstacle = next;
        await this.performStep(next);
      }
      await this.client.query('commit');
      if (next && isLast(next)) this.onApplied(next.migration.tag);
      return next !== undefined;
    } catch (error) {
      // A lost connection has no transaction any more: the reason of the loss is reported.
      await this.client.query('rollback').catch(() => undefined);
      if (error instanceof DatabaseError && IN_THE_WAY.has(error.code ?? '')) return obstacle;
      throw error;
    }
  }

  private async performStep(next: NextStep): Promise<void> {
    await this.waitBeforeRetry(this.patience.lockTimeout);
    await this.journal.createMissingTables();
    await this.lockTables(next.step);
    for (const statement of next.step.statements) {
      await this.client.query(this.journal.inPlace(statement));
    }
    await this.journal.recordStep(next);
  }

  /**
   * Takes all locks at once, in their final mode, and waits for the first only: a waiting transaction must not block
   * others.
   */
  private async lockTables({ locks }: MigrationStep): Promise<void> {
    let wait = '';
    for (const [table, mode] of locks) {
      await this.client.query(`lock table "${table}" in ${mode} mode${wait}`);
      wait = ' nowait';
    }
  }

  private async waitBeforeRetry(milliseconds: number): Promise<void> {
    await this.client.query(`set local lock_timeout = ${milliseconds}`);
  }

  private async reasonToGiveUp(obstacle: Obstacle): Promise<string> {
    const { attempts } = this.patience;
    if (obstacle !== 'turn') {
      return (
        `A migration could not lock ${tablesOf(obstacle.step)} in ${attempts} attempts: ` +
        'another transaction has it. See pg_stat_activity.'
      );
    }
    const { rows } = await this.client.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = 0 and objid = $1 and objsubid = 1`,
      [MIGRATION_LOCK],
    );
    const pid = rows[0]?.pid ?? '…';
    return (
      `The database is still being migrated by another server, after ${attempts} attempts to have a turn. Wait for ` +
      `it; when none is at work, a pooler has kept its lock: select pg_terminate_backend(${pid}).`
    );
  }
}

function isLast({ migration, step }: NextStep): boolean {
  return step.done === migration.statements.length;
}

function tablesOf({ locks }: MigrationStep): string {
  return [...locks.keys()].join(', ') || 'what it changes';
}
