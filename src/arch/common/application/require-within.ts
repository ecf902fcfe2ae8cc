import { RateLimitedError } from '../domain/errors/rate-limited.error.js';
import type { Count, CountersPort } from './ports/counters.port.js';

/**
 * Counts in order.
 * @throws RateLimitedError for the first count that exceeds its limit; those after it are not counted
 */
export async function requireWithin(counters: CountersPort, counts: readonly Count[]): Promise<void> {
  const counted = await counters.increaseCounters(counts);
  const last = counted.at(-1);
  const limit = counts[counted.length - 1]?.limit ?? Infinity;
  if (last && last.total > limit) throw new RateLimitedError(last.left);
}
