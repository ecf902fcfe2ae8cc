import { TooManyRequests } from '../../../../common/domain/errors/kinds.js';

export class SlowModeError extends TooManyRequests {
  readonly code = 'SLOW_MODE';

  /** @param retryAfterMs milliseconds until the sender's next message is accepted */
  constructor(readonly retryAfterMs: number) {
    super('This conversation is in slow mode: members wait between their messages.');
  }
}
