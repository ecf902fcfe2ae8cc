import { isCauserieError } from '@causerie/client';
import type { Texts } from '../texts/en.ts';

/**
 * What a failure is called where nothing more is known of it.
 * @param secondsLeft how long one still has to wait, when it is counted down
 */
export function errorText({ common, problems }: Texts, error: unknown, secondsLeft?: number): string {
  if (!isCauserieError(error)) return common.failed;
  const known = problems[error.code];
  if (known !== undefined) return known;
  if (error.code === 'NETWORK' || error.code === 'TIMEOUT') return common.noAnswer;
  if (error.retryAfterMs !== null)
    return common.tooManyRequests(secondsLeft ?? Math.ceil(error.retryAfterMs / 1_000));
  return common.failed;
}
