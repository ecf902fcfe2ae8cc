import type { CauserieError } from '../errors/causerie-error.ts';

/** Milliseconds, at least and at most. */
const RETRY = { min: 1_000, max: 30_000 };

/** A pause before something that has failed is done again: as long as the server says, or longer after each failure. */
export function repeatAfter(error: CauserieError | null, failures: number): number {
  const pause = error?.retryAfterMs ?? Math.min(RETRY.min * 2 ** failures, RETRY.max);
  return pause * (1 + Math.random() / 2);
}
