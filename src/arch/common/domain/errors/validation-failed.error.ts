import type { ErrorDetail } from './domain.error.js';
import { BadRequest } from './kinds.js';

export class ValidationFailedError extends BadRequest {
  readonly code = 'VALIDATION_FAILED';

  constructor(details: readonly ErrorDetail[], message = 'The request is not valid.') {
    super(message, details);
  }
}
