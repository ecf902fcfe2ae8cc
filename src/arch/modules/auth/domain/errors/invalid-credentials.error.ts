import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class InvalidCredentialsError extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';

  /** The same words for an unknown address and for a wrong password. */
  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}
