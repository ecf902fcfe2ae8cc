import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class TooManyInvitesError extends Conflict {
  readonly code = 'TOO_MANY_INVITES';

  constructor() {
    super('The conversation has as many open invites as it can have: revoke one first.');
  }
}
