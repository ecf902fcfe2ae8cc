import { and, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { refreshTokens } from '../../../../common/infrastructure/database/schema.js';

const { tokenHash, sealedSuccessor } = refreshTokens;

/**
 * Makes those rotated tokens yield their successors no longer. The rows are locked in one order, and before the session of
 * a token as in a rotation, so that parallel calls do not deadlock.
 */
export async function eraseSealed(db: Session, which: SQL | undefined): Promise<void> {
  const due = db
    .select({ tokenHash })
    .from(refreshTokens)
    .where(and(isNotNull(sealedSuccessor), which))
    .orderBy(tokenHash)
    .for('update');
  await db.update(refreshTokens).set({ sealedSuccessor: null }).where(inArray(tokenHash, due));
}
