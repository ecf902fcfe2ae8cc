import { DomainError } from './domain.error.js';

export class HeadersTooLargeError extends DomainError {
  readonly code = 'HEADERS_TOO_LARGE';

  constructor() {
    super('The request line and the headers are larger than 16 KiB.');
  }
}
