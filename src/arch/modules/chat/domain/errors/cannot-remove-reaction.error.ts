import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotRemoveReactionError extends Forbidden {
  readonly code = 'CANNOT_REMOVE_REACTION';

  constructor() {
    super('Only the owner and the admins of a group remove reactions of others.');
  }
}
