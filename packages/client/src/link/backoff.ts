/** Milliseconds that the first and the later pauses may take at most. */
const FIRST = 250;
const LONGEST = 10_000;

/** A pause before the next attempt, with full jitter: clients that lost the same server do not come back together. */
export function pauseAfter(attempt: number, retryAfterMs: number | null = 0): number {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return (retryAfterMs ?? 0) + Math.random() * most;
}
