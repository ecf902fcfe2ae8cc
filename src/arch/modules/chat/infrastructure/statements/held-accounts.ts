import { and, asc, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { users } from '../../../../common/infrastructure/database/schema.js';

/**
 * Locks accounts until the transaction ends: a deletion of one that ends later sees what this transaction stores.
 * Returns the ids of existing ones.
 */
export async function holdAccounts(database: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const held = await database.query((db) =>
    db
      .select({ id: users.id })
      .from(users)
      .where(and(inArray(users.id, [...ids]), isNull(users.deletedAt)))
      .orderBy(asc(users.id))
      .for('share'),
  );
  return held.map(({ id }) => id);
}
