import { and, asc, inArray, not } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { userProfiles } from '../../../../common/infrastructure/database/schema.js';

/**
 * Locks accounts until the transaction ends: a deletion of one that ends later sees what this transaction stores.
 * Returns the ids of existing ones.
 */
export async function holdAccounts(database: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const held = await database.query((db) =>
    db
      .select({ id: userProfiles.id })
      .from(userProfiles)
      .where(and(inArray(userProfiles.id, [...ids]), not(userProfiles.deleted)))
      .orderBy(asc(userProfiles.id))
      .for('share'),
  );
  return held.map(({ id }) => id);
}
