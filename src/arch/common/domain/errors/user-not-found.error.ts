import { DomainError, type ErrorDetail } from './domain.error.js';

export class UserNotFoundError extends DomainError {
  readonly code = 'USER_NOT_FOUND';

  /** @param details which of several ids are unknown */
  constructor(details: readonly ErrorDetail[] = []) {
    super('There is no such user.', details);
  }
}
