import { DomainError } from './domain.error.js';

export class PayloadTooLargeError extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';

  /** @param limit as people read it */
  constructor(limit = '100 KiB') {
    super(`The body is larger than ${limit}.`);
  }
}
