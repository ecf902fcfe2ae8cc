import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotRemoveMemberError extends Forbidden {
  readonly code = 'CANNOT_REMOVE_MEMBER';

  constructor() {
    super('The owner removes anybody else, admins remove members; everybody may leave.');
  }
}
