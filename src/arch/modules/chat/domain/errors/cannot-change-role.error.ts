import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotChangeRoleError extends Forbidden {
  readonly code = 'CANNOT_CHANGE_ROLE';

  constructor() {
    super('Only the owner changes the roles of others.');
  }
}
