import { DomainError } from './domain.error.js';

export class RequestTimeoutError extends DomainError {
  readonly code = 'REQUEST_TIMEOUT';

  constructor() {
    super('The request did not come in time.');
  }
}
