import { DomainError } from '../../../../common/domain/errors/domain.error.js';

/** An account that was there a moment ago has ended. */
export class AccountGoneError extends DomainError {
  readonly code = 'USER_NOT_FOUND';

  constructor() {
    super('There is no such user.');
  }
}
