import { DomainError } from './domain.error.js';

export class TokenInvalidError extends DomainError {
  readonly code = 'TOKEN_INVALID';

  constructor(message = 'The access token is not valid.') {
    super(message);
  }
}
