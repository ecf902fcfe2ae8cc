import type { Migration } from './migration-files.js';
import { joinLocks, type Locks, needsOwnStep, StatementLocks } from './statement-locks.js';

/** A transaction of a migration. */
export interface MigrationStep {
  readonly statements: readonly string[];
  /** Number of the migration's statements that are done after it. */
  readonly done: number;
  /** One table, the two of a foreign key, or none. */
  readonly locks: Locks;
}

/** A step with a statement that needs its own may have others that lock nothing, such as functions. */
interface Cut extends MigrationStep {
  readonly sealed: boolean;
}

/**
 * Splits each migration into transactions that lock one table, or the two of a foreign key, or replace one view, so that
 * none waits for one while it blocks another.
 * @param migrations all migrations, from the first on
 */
export function cutIntoSteps(migrations: readonly Migration[]): Map<Migration, readonly MigrationStep[]> {
  const locks = new StatementLocks();
  return new Map(
    migrations.map((migration) => {
      locks.nextMigration();
      return [migration, cut(migration.statements, locks)];
    }),
  );
}

function cut(statements: readonly string[], locks: StatementLocks): MigrationStep[] {
  const steps: Cut[] = [];
  for (const [index, statement] of statements.entries()) {
    const needed = locks.locksOf(statement);
    const last = steps.at(-1);
    const sealed = needsOwnStep(statement);
    const isApart = sealed || (last?.sealed === true && needed.size > 0);
    const done = index + 1;
    const joined = last && !isApart ? joinLocks(last.locks, needed) : undefined;
    if (last && joined) {
      const joint = { statements: [...last.statements, statement], done, locks: joined, sealed: last.sealed };
      steps.splice(-1, 1, joint);
    } else steps.push({ statements: [statement], done, locks: needed, sealed });
  }
  return steps;
}
