import { NotFound } from '../../../../common/domain/errors/kinds.js';

/** One error for every invite that lets nobody in, so that nobody learns which tokens there were. */
export class InviteNotFoundError extends NotFound {
  readonly code = 'INVITE_NOT_FOUND';

  constructor() {
    super('This invite does not exist, or it has ended.');
  }
}
