import { DomainError } from './domain.error.js';

export class PayloadTooLargeError extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';

  constructor() {
    super('The body is larger than 100 KiB.');
  }
}
