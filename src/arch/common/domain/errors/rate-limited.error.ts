import { TooManyRequests } from './kinds.js';

export class RateLimitedError extends TooManyRequests {
  readonly code = 'RATE_LIMITED';

  /** @param retryAfterMs milliseconds until the next try can succeed */
  constructor(
    readonly retryAfterMs: number,
    message = 'Too many requests; slow down.',
  ) {
    super(message);
  }
}
