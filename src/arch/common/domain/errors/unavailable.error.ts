import type { ErrorDetail } from './domain.error.js';
import { Unavailable } from './kinds.js';

/** Something this server stands on does not answer; the same request may succeed in a moment. */
export class UnavailableError extends Unavailable {
  readonly code = 'UNAVAILABLE';

  /**
   * @param outcome `unknown` when what was asked for may have been done all the same
   * @param retryAfterMs milliseconds until the next try can succeed, where somebody knows
   */
  constructor(
    details: readonly ErrorDetail[] = [],
    readonly outcome?: 'unknown',
    readonly retryAfterMs?: number,
  ) {
    super('The service cannot answer right now; try again in a moment.', details);
  }
}
