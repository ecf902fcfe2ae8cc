import type { ErrorDetail } from '../../../../common/domain/errors/domain.error.js';
import { Forbidden } from '../../../../common/domain/errors/kinds.js';

/** One error for all reasons, so that nobody learns who has blocked whom. */
export class UserNotReachableError extends Forbidden {
  readonly code = 'USER_NOT_REACHABLE';

  /** @param details the ones of several ids that cannot be reached */
  constructor(details: readonly ErrorDetail[] = []) {
    super('You cannot reach this user.', details);
  }
}
