import { DomainError } from './domain.error.js';

export class SessionRevokedError extends DomainError {
  readonly code = 'SESSION_REVOKED';

  constructor() {
    super('This session has been ended; log in again.');
  }
}
