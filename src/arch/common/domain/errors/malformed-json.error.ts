import { DomainError } from './domain.error.js';

export class MalformedJsonError extends DomainError {
  readonly code = 'MALFORMED_JSON';

  constructor() {
    super('The body is not valid JSON in UTF-8.');
  }
}
