import type { ErrorDetail } from './domain.error.js';
import { Unavailable } from './kinds.js';

/** A service that this server depends on does not answer; the same request may succeed soon. */
export class UnavailableError extends Unavailable {
  readonly code = 'UNAVAILABLE';

  /**
   * @param outcome `unknown` when the request may have been executed all the same
   * @param retryAfterMs milliseconds until the next try can succeed, where that is known
   */
  constructor(
    details: readonly ErrorDetail[] = [],
    readonly outcome?: 'unknown',
    readonly retryAfterMs?: number,
  ) {
    super('The service cannot answer right now; try again in a moment.', details);
  }
}
