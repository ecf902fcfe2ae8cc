import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class EmailAlreadyUsedError extends Conflict {
  readonly code = 'EMAIL_ALREADY_USED';

  constructor() {
    super('An account with this e-mail address exists already.');
  }
}
