import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class EmailAlreadyUsedError extends DomainError {
  readonly code = 'EMAIL_ALREADY_USED';

  constructor() {
    super('An account with this e-mail address exists already.');
  }
}
