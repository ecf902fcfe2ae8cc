import { Unauthorized } from '../../../../common/domain/errors/kinds.js';

export class InvalidCredentialsError extends Unauthorized {
  readonly code = 'INVALID_CREDENTIALS';

  /** The same text for an unknown address and for a wrong password. */
  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}
