import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotAddMemberError extends Forbidden {
  readonly code = 'CANNOT_ADD_MEMBER';

  constructor() {
    super('Only the owner and the admins of a conversation add members.');
  }
}
