import { Forbidden } from '../../../../common/domain/errors/kinds.js';

/** One error for all reasons, so that nobody learns who has blocked whom. */
export class UserNotReachableError extends Forbidden {
  readonly code = 'USER_NOT_REACHABLE';

  constructor() {
    super('You cannot reach this user.');
  }
}
