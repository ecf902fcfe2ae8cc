import { DomainError } from './domain.error.js';

export class MalformedRequestError extends DomainError {
  readonly code = 'VALIDATION_FAILED';

  constructor() {
    super('This is not a request that HTTP/1.1 allows.');
  }
}
