import { asCauserieError } from '../errors/error-of.ts';
import type { Clock } from '../ports.ts';
import { repeatAfter } from './repeat-after.ts';

/** Does something again until it succeeds, or repeating it is of no use. Resolves after the first attempt. Never rejects. */
export async function persist(
  clock: Clock,
  work: () => Promise<unknown>,
  isWanted: () => boolean,
  failures = 0,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = asCauserieError(thrown);
    if (!error.retryable) return;
    clock.setTimer(repeatAfter(error, failures), () => {
      if (isWanted()) void persist(clock, work, isWanted, failures + 1);
    });
  }
}
