import type { ErrorDetail } from './domain.error.js';
import { NotFound } from './kinds.js';

export class UserNotFoundError extends NotFound {
  readonly code = 'USER_NOT_FOUND';

  /** @param details which of several ids are unknown */
  constructor(details: readonly ErrorDetail[] = []) {
    super('There is no such user.', details);
  }
}
