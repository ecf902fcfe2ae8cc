import { DomainError, type ErrorDetail } from './domain.error.js';

export class ValidationFailedError extends DomainError {
  readonly code = 'VALIDATION_FAILED';

  constructor(details: readonly ErrorDetail[]) {
    super('The request is not valid.', details);
  }
}
