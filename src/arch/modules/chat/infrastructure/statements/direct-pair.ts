import { and, eq } from 'drizzle-orm';
import { conversations } from '../../../../common/infrastructure/database/schema.js';

interface DirectPair {
  readonly directLow: string;
  readonly directHigh: string;
}

/** The key of the direct conversation of two users. PostgreSQL orders UUIDs as their texts in lower case. */
export function directPair(userId: string, otherId: string): DirectPair {
  return userId < otherId
    ? { directLow: userId, directHigh: otherId }
    : { directLow: otherId, directHigh: userId };
}

/** The condition for its row of `conversations`. */
export function isDirectOf(userId: string, otherId: string) {
  const { directLow, directHigh } = directPair(userId, otherId);
  return and(
    eq(conversations.type, 'direct'),
    eq(conversations.directLow, directLow),
    eq(conversations.directHigh, directHigh),
  );
}
