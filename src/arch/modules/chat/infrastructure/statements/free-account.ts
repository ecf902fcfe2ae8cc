import { eq } from 'drizzle-orm';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { userProfiles } from '../../../../common/infrastructure/database/schema.js';

/**
 * Locks an account, unless another transaction has locked it: a transaction that locks it and whose outcome is unknown
 * has ended then. Part of a transaction; what it did is seen by later statements.
 * @throws UnavailableError when it is locked
 */
export async function requireFreeAccount(database: Database, userId: string): Promise<void> {
  const account = eq(userProfiles.id, userId);
  const free = await database.query((db) =>
    db
      .select({ id: userProfiles.id })
      .from(userProfiles)
      .where(account)
      .for('no key update', { skipLocked: true }),
  );
  if (free.length > 0) return;
  // A restored database may not have the account at all.
  const found = await database.query((db) =>
    db.select({ id: userProfiles.id }).from(userProfiles).where(account),
  );
  if (found.length > 0) throw new UnavailableError();
}
