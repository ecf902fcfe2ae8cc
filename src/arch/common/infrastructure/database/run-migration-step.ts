import { setTimeout as delay } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { MigrationStep } from './migration-steps.js';

/** Milliseconds; of each transaction of a migration. */
export interface LockPatience {
  /**
   * How long a request for a lock may keep others waiting behind it. More than PostgreSQL's `deadlock_timeout` (1 s),
   * after which a vacuum that is in the way gives up.
   */
  readonly lockTimeout: number;
  /** In which others work off what has waited. */
  readonly pause: number;
  readonly attempts: number;
}

/** lock_not_available and deadlock_detected: the transaction has done nothing, and may begin again. */
const IN_THE_WAY = new Set(['55P03', '40P01']);

/**
 * Runs a step and `note` in one transaction, again and again while somebody else has what it locks.
 * @param warn told of each attempt in vain, in a line
 * @throws StartupError when the last one was
 */
export async function runMigrationStep(
  client: Client,
  step: MigrationStep,
  { lockTimeout, pause, attempts }: LockPatience,
  note: () => Promise<void>,
  warn: (line: string) => void,
): Promise<void> {
  const tables = [...step.locks.keys()].join(', ') || 'what it changes';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (await succeeds(client, step, lockTimeout, note)) return;
    warn(`could not lock ${tables} within ${lockTimeout} ms, attempt ${attempt} of ${attempts}.`);
    if (attempt < attempts) await delay(pause);
  }
  throw new StartupError(
    `A migration could not lock ${tables} in ${attempts} attempts: another transaction has it. See pg_stat_activity.`,
  );
}

async function succeeds(
  client: Client,
  step: MigrationStep,
  lockTimeout: number,
  note: () => Promise<void>,
): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = ${lockTimeout}`);
    await lock(client, step);
    for (const statement of step.statements) await client.query(statement);
    await note();
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    if (error instanceof DatabaseError && IN_THE_WAY.has(error.code ?? '')) return false;
    throw error;
  }
}

/** All at once, in their final strength, and waiting for the first only: who waits must not keep anybody waiting. */
async function lock(client: Client, { locks }: MigrationStep): Promise<void> {
  let wait = '';
  for (const [table, mode] of locks) {
    await client.query(`lock table "${table}" in ${mode} mode${wait}`);
    wait = ' nowait';
  }
}
