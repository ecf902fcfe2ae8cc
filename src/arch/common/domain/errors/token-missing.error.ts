import { DomainError } from './domain.error.js';

export class TokenMissingError extends DomainError {
  readonly code = 'TOKEN_MISSING';

  constructor() {
    super('An access token is required.');
  }
}
