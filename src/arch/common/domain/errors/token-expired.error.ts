import { DomainError } from './domain.error.js';

export class TokenExpiredError extends DomainError {
  readonly code = 'TOKEN_EXPIRED';

  constructor() {
    super('The access token has expired; get a new one from POST /auth/refresh.');
  }
}
