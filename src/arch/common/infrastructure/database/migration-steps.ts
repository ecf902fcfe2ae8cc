import type { Migration } from './migration-files.js';
import { joinLocks, type Locks, StatementLocks } from './statement-locks.js';

/** A transaction of a migration. */
export interface MigrationStep {
  readonly statements: readonly string[];
  /** Number of the migration's statements that are done after it. */
  readonly done: number;
  /** One table, the two of a foreign key, or none. */
  readonly locks: Locks;
}

/**
 * Splits each migration into transactions that lock one table, or the two of a foreign key, so that none waits for a
 * table while it blocks another.
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
  const steps: MigrationStep[] = [];
  for (const [index, statement] of statements.entries()) {
    const needed = locks.locksOf(statement);
    const last = steps.at(-1);
    const joined = last && joinLocks(last.locks, needed);
    if (joined) steps.pop();
    steps.push({
      statements: joined ? [...last.statements, statement] : [statement],
      done: index + 1,
      locks: joined ?? needed,
    });
  }
  return steps;
}
