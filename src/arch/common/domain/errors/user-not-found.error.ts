import type { ErrorDetail } from './domain.error.js';
import { NotFound } from './kinds.js';

export class UserNotFoundError extends NotFound {
  readonly code = 'USER_NOT_FOUND';

  /** @param details the unknown ones of several ids */
  constructor(details: readonly ErrorDetail[] = []) {
    super('There is no such user.', details);
  }
}
